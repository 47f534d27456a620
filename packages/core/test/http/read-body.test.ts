import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { readBody } from '../../src/http/read-body.ts'

const chunks = (...pieces: readonly (Buffer | string)[]) => {
  const stream = new PassThrough()
  for (const piece of pieces) stream.write(piece)
  return stream
}

it('a body is read whole, though its characters be cut by chunks (RFC 3629 §3)', async () => {
  const [first, second] = [Buffer.from('ü').subarray(0, 1), Buffer.from('ü').subarray(1)]
  expect(await readBody(chunks('a=', first, second).end(), 4)).toBe('a=ü')
})

it('a body that somebody else made texts of is read by its bytes (ours)', async () => {
  const stream = chunks('üü').setEncoding('utf8')
  expect(await readBody(stream, 3)).toEqual({ flaw: 'a body over 3 bytes' })
})

it('an empty body is an empty text (ours)', async () => {
  expect(await readBody(chunks().end(), 10)).toBe('')
})

it.each([
  [10, 'a'.repeat(10)],
  [9, { flaw: 'a body over 9 bytes' }],
])('a body of 10 bytes is read up to a limit of %i (ours)', async (limit, expected) => {
  expect(await readBody(chunks('aaaaa', 'aaaaa').end(), limit)).toEqual(expected)
})

it('a body over the limit is let go by, and is not waited for (ours)', async () => {
  const stream = chunks('aaaa')
  expect(await readBody(stream, 3)).toEqual({ flaw: 'a body over 3 bytes' })
  for (let i = 0; i < 100; i++) stream.write(Buffer.alloc(65_536))
  await new Promise((ended) => stream.once('end', ended).end())
  expect(stream.destroyed || stream.readableLength === 0).toBe(true)
})

it.each<[string, (stream: PassThrough) => unknown]>([
  ['an error', (stream) => stream.destroy(new Error('reset'))],
  ['a close', (stream) => stream.destroy()],
])('a body that ends in %s is none, and nothing is thrown (ours)', async (_, end) => {
  const stream = chunks('a')
  const body = readBody(stream, 10)
  end(stream)
  expect(await body).toEqual({ flaw: 'a body that broke off' })
  expect(await readBody(stream, 10)).toEqual({ flaw: 'a body that broke off' })
})
