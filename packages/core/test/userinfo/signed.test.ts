import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failed, type Scene, scene } from './support.ts'

let here: Scene
beforeEach(async () => {
  here = await scene()
})
afterEach(() => here[Symbol.asyncDispose]())

type RawOptions = Parameters<Scene['issuer']['raw']>[0]

/** Answers with a JWT about the user, with changes to its claims. */
async function answers(changes: Record<string, unknown> = {}, options: Omit<RawOptions, 'payload'> = {}) {
  const payload = { iss: here.issuer.issuer, aud: 'test-client', sub: 'user-1', name: 'Anna', ...changes }
  const header = { alg: 'ES256', kid: here.issuer.kid() }
  const body = await here.issuer.raw({ header, payload, ...options })
  here.issuer.behave({ userinfo: { body, contentType: 'application/jwt' } })
}
const ask = async () => here.api.userinfo(await here.admitted())

describe('signed user information (OpenID Connect Core §5.3.2)', () => {
  it('is taken when the issuer has signed it for the client of the token', async () => {
    await answers({ aud: ['other', 'test-client'] })
    expect(await ask()).toMatchObject({ sub: 'user-1', name: 'Anna' })
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['about another subject', { sub: 'user-2' }, /^502 subject_mismatch/],
    ['from another issuer', { iss: 'https://another.test/' }, /^502 malformed: `iss` of its JWT/],
    ['from nobody', { iss: undefined }, /^502 malformed: `iss` of its JWT/],
    ['for another client', { aud: 'other' }, /^502 malformed: `aud` of its JWT/],
    ['for nobody', { aud: undefined }, /^502 malformed: `aud` of its JWT/],
    ['that has expired', { exp: 1 }, /^502 malformed: `exp` of its JWT/],
    ['with an exp that is no number', { exp: '9999999999' }, /^502 malformed: `exp` of its JWT/],
  ])('%s is refused', async (_, changes, expected) => {
    await answers(changes)
    expect(await failed(ask())).toMatch(expected)
  })

  it('by another key, or by none, is refused', async () => {
    const { privateKey } = await import('node:crypto').then((crypto) =>
      crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    )
    await answers({}, { key: privateKey })
    expect(await failed(ask())).toMatch(/^502 malformed: its JWT/)
    await answers({}, { header: { alg: 'none' }, signature: '' })
    expect(await failed(ask())).toMatch(/^500 unsupported: its JWT/)
    await answers({}, { header: { alg: 'HS256' }, signature: 'AAAA' })
    expect(await failed(ask())).toMatch(/^500 unsupported: its JWT/)
  })

  it('that is encrypted is not supported, and something else called a JWT is none', async () => {
    here.issuer.behave({ userinfo: { body: 'a.b.c.d.e', contentType: 'application/jwt' } })
    expect(await failed(ask())).toMatch(/^500 unsupported: its JWT/)
    here.issuer.behave({ userinfo: { body: '{"sub":"user-1"}', contentType: 'application/jwt' } })
    expect(await failed(ask())).toMatch(/^502 malformed: its JWT/)
  })
})
