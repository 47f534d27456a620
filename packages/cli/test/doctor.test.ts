import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gatewarden } from './terminal.ts'

const AUDIENCE = 'https://api.test/'
let issuer: TestIssuer
beforeEach(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256', 'RS256'], audience: AUDIENCE })
  await issuer.listen()
})
afterEach(() => issuer.close())

const doctor = (...more: string[]) =>
  gatewarden(['doctor', '--issuer', issuer.issuer, '--audience', AUDIENCE, ...more])

describe('gatewarden doctor', () => {
  it('finds nothing wrong with a sound issuer, and shows the options it would use', async () => {
    const { code, out } = await doctor('--client', 'portal')
    expect(code).toBe(0)
    expect(out).not.toContain('✗')
    for (const line of [
      /✓ issuer +the metadata names the same/,
      /2 of 2 keys can be used/,
      /✓ key `es256-\S+` +ES256/,
      /✓ time +\d\.\d s of the 4 s/,
      /✓ clocks +agree/,
      /✓ TLS +none: plain http/,
    ])
      expect(out).toMatch(line)
    expect(out).toContain(
      `app.use(requireJwt({\n  issuer: '${issuer.issuer}',\n  audience: '${AUDIENCE}',\n  clients: ['portal'],\n}))`,
    )
  })

  it.each<[string, Parameters<TestIssuer['behave']>[0], RegExp]>([
    ['no metadata', { discovery: { status: 404 } }, /✗ metadata .*answered 404.*\n.*--jwks/],
    [
      'metadata of another issuer',
      { discovery: { metadata: { issuer: 'https://evil.test/' } } },
      /✗ issuer .*evil.test.*\n.*never used/,
    ],
    ['no jwks_uri', { discovery: { metadata: { jwks_uri: undefined } } }, /✗ jwks_uri +is nothing/],
    ['a key set that fails', { jwks: { status: 500 } }, /✗ key set .*answered 500/],
    ['a key set without keys', { jwks: { body: { keys: [] } } }, /✗ key set .*without keys/],
    [
      'no key that can be used',
      { jwks: { body: { keys: [{ kty: 'RSA', kid: 'enc', use: 'enc' }] } } },
      /✗ key set .*no key can be used[\s\S]*`enc` +skipped: it is not for signatures/,
    ],
  ])('finds %s, and exits 1', async (_, behaviours, line) => {
    issuer.behave(behaviours)
    const { code, out } = await doctor()
    expect([code, out]).toEqual([1, expect.stringMatching(line)])
  })

  it('names a final slash as what it is', async () => {
    const { code, out } = await gatewarden([
      'doctor',
      '--issuer',
      `${issuer.issuer}/`,
      '--audience',
      AUDIENCE,
    ])
    expect([code, out]).toEqual([1, expect.stringMatching(/final slash only/)])
  })

  it('gives machines the same in JSON', async () => {
    expect(JSON.parse((await doctor('--json')).out)).toMatchObject({ ok: true, findings: expect.any(Array) })
  })

  it('says in one line that an issuer cannot be reached, and exits 2', async () => {
    await issuer.goDown()
    expect(await doctor()).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^gatewarden: the issuer cannot be asked: .*ECONNREFUSED/),
    })
  })

  it.each<[string, readonly string[], RegExp]>([
    ['nothing', [], /--issuer and --audience/],
    ['a token', ['a.b.c', '--issuer', 'https://issuer.test/', '--audience', 'x'], /options only/],
    ['an issuer that is none', ['--issuer', 'issuer', '--audience', 'x'], /https address/],
  ])('says in one line what is wrong with %s, and exits 2', async (_, args, line) => {
    expect(await gatewarden(['doctor', ...args])).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(line),
    })
  })
})
