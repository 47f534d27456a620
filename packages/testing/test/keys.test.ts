import { createPublicKey } from 'node:crypto'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTestIssuer } from '../src/index.ts'

describe('keys', () => {
  it('are published without private members, with kid, alg and use (RFC 7517 §4)', async () => {
    const issuer = await createTestIssuer({ algorithms: ['RS256', 'ES512', 'HS256'] })
    expect(issuer.jwks().keys.map(({ kid, alg, use }) => ({ kid, alg, use }))).toEqual([
      { kid: issuer.kid('RS256'), alg: 'RS256', use: 'sig' },
      { kid: issuer.kid('ES512'), alg: 'ES512', use: 'sig' },
    ])
    expect(Object.keys(issuer.publicJwk('ES512')).sort()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ])
    expect(Object.keys(issuer.publicJwk('RS256')).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })

  it('are copies: a test that changes one changes no other', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    for (const key of issuer.jwks().keys) key.kid = 'changed'
    issuer.publicJwk().kid = 'changed'
    expect(issuer.jwks().keys[0]?.kid).toBe(issuer.kid())
  })

  it('are the same as JWK and as PEM', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const { x, y } = createPublicKey(issuer.publicPem()).export({ format: 'jwk' })
    expect(issuer.publicJwk()).toMatchObject({ x, y })
  })

  it('are shared by issuers of one name, and by no others', async () => {
    const algorithms = ['ES256', 'HS256'] as const
    const one = await createTestIssuer({ algorithms })
    const same = await createTestIssuer({ algorithms })
    const other = await createTestIssuer({ algorithms, issuer: 'https://other.test/' })
    expect(same.jwks()).toEqual(one.jwks())
    expect(same.secret('HS256')).toBe(one.secret('HS256'))
    expect(other.kid()).not.toBe(one.kid())
    expect(other.secret('HS256')).not.toBe(one.secret('HS256'))
  })

  it('are told apart from secrets', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256', 'HS256'] })
    expect(() => issuer.secret('ES256' as never)).toThrow('no shared secret')
    expect(() => issuer.kid('HS256' as never)).toThrow('see secret()')
  })
})

describe('rotateKeys', () => {
  it('replaces every key and secret', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256', 'HS256'] })
    const before = { token: await issuer.accessToken(), kid: issuer.kid(), secret: issuer.secret('HS256') }
    await issuer.rotateKeys()
    expect(issuer.kid()).not.toBe(before.kid)
    expect(issuer.secret('HS256')).not.toBe(before.secret)
    const keys = createLocalJWKSet(issuer.jwks())
    await expect(jwtVerify(before.token, keys)).rejects.toThrow('no applicable key')
    await expect(jwtVerify(await issuer.accessToken(), keys)).resolves.toBeDefined()
  })

  it('keeps the old keys in the set when told so', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const old = await issuer.accessToken()
    await issuer.rotateKeys({ keepOld: true })
    await issuer.rotateKeys({ keepOld: true })
    expect(issuer.jwks().keys).toHaveLength(3)
    await expect(jwtVerify(old, createLocalJWKSet(issuer.jwks()))).resolves.toBeDefined()
    await issuer.rotateKeys()
    expect(issuer.jwks().keys).toHaveLength(1)
  })

  it('lets a test go on signing with a withdrawn key', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const [key, kid, before] = [issuer.privateKey(), issuer.kid(), issuer.jwks()]
    await issuer.rotateKeys()
    const token = await issuer.accessToken({ key, header: { kid } })
    expect(decodeProtectedHeader(token).kid).toBe(kid)
    await expect(jwtVerify(token, createLocalJWKSet(before))).resolves.toBeDefined()
  })
})
