import { createResourceServer } from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OpenDoors, openDoors } from './open-doors.ts'
import { bearerLine, type Exchange, get, partsOf, sendRaw, toldOf } from './raw-socket.ts'

const AUDIENCE = 'https://api.test/'
const issuer = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256'] })
await issuer.listen()
const alice = await issuer.accessToken({ subject: 'alice' })
const bob = await issuer.accessToken({ subject: 'bob' })

let doors: OpenDoors

beforeAll(async () => {
  doors = await openDoors(createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE }))
})

afterAll(async () => {
  await doors[Symbol.asyncDispose]()
  await issuer.close()
})

/** Writes all requests at once; the last must end the connection. Nothing of the tokens may come back. */
async function pipeline(
  requests: readonly string[],
  open = doors,
): Promise<[door: string, told: string[]][]> {
  return Promise.all(
    open.all.map(async ({ name, port }): Promise<[string, string[]]> => {
      const exchange = await sendRaw(port, requests.join(''))
      expect([name, toldOf(partsOf(`${alice} ${bob}`), exchange.text)]).toEqual([name, []])
      return [name, told(exchange)]
    }),
  )
}

/** Each answer in a word: whom it names, or its status. */
function told({ answers }: Exchange): string[] {
  return answers.map(({ status, body }) => /"subject":"(\w+)"/.exec(body)?.[1] ?? `${status}`)
}

function onEveryDoor(expected: readonly string[]): [string, readonly string[]][] {
  return doors.all.map(({ name }) => [name, expected])
}

const as = (token: string) => get(bearerLine(token), { more: true })
const nobody = get('', { more: true })

it('two callers and nobody on one connection are answered in order, each its own (RFC 9112 §9.3.2)', async () => {
  expect(await pipeline([as(alice), as(bob), get('')])).toEqual(onEveryDoor(['alice', 'bob', '401']))
})

it('nobody between two callers is nobody (RFC 9112 §9.3.2)', async () => {
  expect(await pipeline([as(alice), nobody, as(bob), nobody, get(bearerLine(alice))])).toEqual(
    onEveryDoor(['alice', '401', 'bob', '401', 'alice']),
  )
})

it('answers keep their order while the keys for the first are still fetched (RFC 9112 §9.3.2)', async () => {
  issuer.behave({ jwks: { delay: 200 } })
  const cold = createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE })
  await using open = await openDoors(cold)
  const answers = await pipeline([as(alice), nobody, as(bob), get(bearerLine(`${bob}.x`))], open)
  issuer.restore()
  expect(answers).toEqual(onEveryDoor(['alice', '401', 'bob', '401']))
})

it('a hundred requests on one connection are each answered as their own (RFC 9112 §9.3.2)', async () => {
  const callers = Array.from({ length: 100 }, (_, index) => ['alice', 'bob', '401'][(index * 7) % 3] ?? '401')
  const requests = callers.map((caller) => ({ alice: as(alice), bob: as(bob) })[caller] ?? nobody)
  expect(await pipeline([...requests, get('')])).toEqual(onEveryDoor([...callers, '401']))
})

it('a refused request with two fields does not taint the ones around it (RFC 6750 §2)', async () => {
  const twice = get(`${bearerLine(bob)}${bearerLine(alice)}`, { more: true })
  expect(await pipeline([as(alice), twice, get(bearerLine(alice))])).toEqual(
    onEveryDoor(['alice', '400', 'alice']),
  )
})

it('a malformed request ends the connection: what follows it is not read (RFC 9112 §2.2)', async () => {
  const malformed = get(`Authorization : Bearer ${bob}\r\n`, { more: true })
  const answers = await pipeline([as(alice), malformed, as(bob), get(bearerLine(bob))])
  for (const [, words] of answers) expect(words).not.toContain('bob')
  // The answer under way may be lost with the connection; nothing else may be in its place.
  for (const [, words] of answers) expect(['alice,400', 'alice', '400', '']).toContain(words.join())
})

it('a request in the body of a refused one is no request (RFC 9112 §6.3)', async () => {
  const inner = get(bearerLine(bob), { more: true })
  const outer = (fields: string) =>
    `POST /api/me HTTP/1.1\r\nHost: api.test\r\n${fields}Content-Type: text/plain\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`
  const answers = await pipeline([outer(''), outer(bearerLine('no.such.token')), get(bearerLine(alice))])
  expect(answers).toEqual(onEveryDoor(['401', '401', 'alice']))
})
