import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'
import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { program } from './program.ts'

it('the program reads its standard input, uses no colour in a pipe, ends by itself, and tells by its exit code', async () => {
  await using issuer = await createTestIssuer({ algorithms: ['ES256'] })
  const api = ['--issuer', await issuer.listen(), '--audience', issuer.audience]
  const admitted = await program(['explain', '-', ...api], { input: await issuer.accessToken() })
  expect([admitted.code, admitted.err, admitted.out.startsWith('admitted')]).toEqual([0, '', true])
  expect(admitted.out).not.toContain('\u001b')
  expect((await program(['explain', '-', ...api], { input: await issuer.idToken() })).code).toBe(1)
  expect((await program(['explain', ...api])).code).toBe(2)
  expect((await program(['doctor', ...api])).code).toBe(0)
})

describe('where nobody reads the output (`| true`)', () => {
  it('--help ends quietly, and exits 0', async () => {
    expect(await program(['--help'], { deaf: true })).toEqual({ code: 0, out: '', err: '' })
  })

  it('a refusal is still told by the exit code', async () => {
    await using issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const args = ['explain', '--issuer', await issuer.listen(), '--audience', issuer.audience]
    const input = await issuer.idToken()
    expect(await program(args, { input, deaf: true })).toEqual({ code: 1, out: '', err: '' })
  })
})

describe('an error that nobody foresaw is one plain line without a stack trace, and exits 2', () => {
  it('of the command', async () => {
    const api = ['--issuer', 'https://issuer.test/', '--audience', 'x']
    const node = [
      '--import',
      `data:text/javascript,globalThis.performance.now = () => { throw new Error('a\\nb') }`,
    ]
    const { code, out, err } = await program(['doctor', ...api], { node })
    expect([code, out]).toEqual([2, ''])
    expect(err).toBe('gatewarden: it went wrong for a reason that nobody foresaw: a\\u000ab\n')
  })

  it('of something in the background', async () => {
    const script = `const timer = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return
      clearInterval(timer)
      Promise.reject(new Error('out of the blue'))
    }, 1)`
    const node = ['--import', `data:text/javascript,${encodeURIComponent(script)}`]
    const { code, err } = await program(['--help'], { node })
    expect([code, err]).toEqual([2, expect.stringMatching(/^gatewarden: .* out of the blue\n$/)])
  })
})

it('says in one line that standard input cannot be read, and exits 2', async () => {
  const input = openSync(devNull, 'w')
  const { code, out, err } = await program(['explain', '-'], { input })
  closeSync(input)
  expect([code, out, err]).toEqual([2, '', 'gatewarden: standard input cannot be read (EBADF)\n'])
})
