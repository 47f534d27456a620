import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CONTROLS } from './controls.ts'
import { gatewarden } from './terminal.ts'

const AUDIENCE = 'https://api.test/'
let issuer: TestIssuer
beforeEach(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
  await issuer.listen()
})
afterEach(() => issuer.close())

const doctor = (...more: string[]) =>
  gatewarden(['doctor', '--issuer', issuer.issuer, '--audience', AUDIENCE, ...more])

/** ESC, OSC 52 (writes to the clipboard), BEL, CSI in one byte, and a change of direction. */
const EVIL = '\u001b[31m\u001b]52;c;ZXZpbA==\u0007\u009b2J\u202e'

describe('gatewarden doctor prints nothing that a hostile issuer may do to a terminal', () => {
  it.each<[string, (at: string) => Parameters<TestIssuer['behave']>[0]]>([
    ['jwks_uri', (at) => ({ discovery: { metadata: { jwks_uri: `${at}?${EVIL}` } } })],
    ['jwks_uri that is not fetched', () => ({ discovery: { metadata: { jwks_uri: `file:${EVIL}` } } })],
    ['issuer', () => ({ discovery: { metadata: { issuer: EVIL } } })],
    ['kid', () => ({ jwks: { body: { keys: [{ ...issuer.publicJwk(), kid: EVIL }] } } })],
    [
      'kid of a key that is skipped',
      () => ({ jwks: { body: { keys: [{ kty: EVIL, kid: EVIL, use: EVIL }] } } }),
    ],
  ])('in the %s', async (_, behaviours) => {
    issuer.behave(behaviours(issuer.jwksUri))
    for (const more of [[], ['--json']]) {
      const { out, err } = await doctor(...more)
      expect(out).toMatch(/\\u001b/)
      expect(out + err).not.toMatch(CONTROLS)
    }
  })

  it('in what it was given on the command line', async () => {
    const { code, out } = await doctor('--client', EVIL)
    expect([code, out]).toEqual([0, expect.stringContaining("clients: ['\\u001b[31m")])
    expect(out).not.toMatch(CONTROLS)
  })
})

describe('gatewarden doctor shows the first 50 keys of a key set', () => {
  it('of 200,000 nulls', async () => {
    issuer.behave({ jwks: { body: `{"keys":[${Array(200_000).fill('null').join()}]}` } })
    const { code, out } = await doctor()
    expect([code, out]).toEqual([1, expect.stringMatching(/✗ key set .*no key can be used/)])
    expect(out).toMatch(/✓ key no\. 50 .*\n✓ \.\.\. +and 199950 more\n/)
    expect(out.split('\n').length).toBeLessThan(70)
  })

  it('of 60, those first that can be used', async () => {
    issuer.behave({ jwks: { body: { keys: [...Array(59).fill(null), issuer.publicJwk()] } } })
    const { code, out } = await doctor()
    expect([code, out]).toEqual([0, expect.stringMatching(/1 of 60 keys can be used\n✓ key `es256-/)])
    expect(out).toMatch(/✓ \.\.\. +and 10 more\n/)
    expect(JSON.parse((await doctor('--json')).out).findings.length).toBeLessThan(70)
  })
})
