import { compactDecrypt, createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../src/index.ts'

const NOW = 1_800_000_000
const makeIssuer = () => createTestIssuer({ algorithms: ['ES256', 'HS256'], clock: () => NOW * 1000 })
const judged = (issuer: TestIssuer, token: string) =>
  jwtVerify(token, createLocalJWKSet(issuer.jwks()), { currentDate: new Date(NOW * 1000) })

describe('flawed tokens', () => {
  it('unsigned: alg none, two parts and an empty third (RFC 7518 §3.6)', async () => {
    const issuer = await makeIssuer()
    const token = await issuer.unsigned({ scope: 'read', header: { typ: 'JWT' } })
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.$/)
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'none', typ: 'JWT' })
    expect(decodeJwt(token)).toMatchObject({ aud: issuer.audience, scope: 'read' })
  })

  it('signed by a stranger: everything right but the signature', async () => {
    const issuer = await makeIssuer()
    const token = await issuer.signedByStranger()
    expect(decodeProtectedHeader(token)).toEqual(decodeProtectedHeader(await issuer.accessToken()))
    await expect(judged(issuer, token)).rejects.toThrow('signature verification failed')
    const shared = await issuer.signedByStranger({ algorithm: 'HS256' })
    await expect(jwtVerify(shared, Buffer.from(issuer.secret('HS256')))).rejects.toThrow('signature')
  })

  it('expired: by an hour, or as long ago as asked', async () => {
    const issuer = await makeIssuer()
    const token = await issuer.expired()
    expect(decodeJwt(token)).toMatchObject({ iat: NOW - 7200, exp: NOW - 3600 })
    await expect(judged(issuer, token)).rejects.toThrow('"exp" claim timestamp check failed')
    expect(decodeJwt(await issuer.expired({ secondsAgo: 6, scope: 'a' }))).toMatchObject({
      exp: NOW - 6,
      scope: 'a',
    })
  })

  it('not yet valid: in an hour, or as far ahead as asked', async () => {
    const issuer = await makeIssuer()
    const token = await issuer.notYetValid()
    expect(decodeJwt(token)).toMatchObject({ iat: NOW, nbf: NOW + 3600, exp: NOW + 7200 })
    await expect(judged(issuer, token)).rejects.toThrow('"nbf" claim timestamp check failed')
    expect(decodeJwt(await issuer.notYetValid({ secondsAhead: 6 }))).toMatchObject({ nbf: NOW + 6 })
  })

  it('tampered: a claim changed after signing', async () => {
    const issuer = await makeIssuer()
    const token = await issuer.tampered({ scope: 'read', change: { scope: 'admin' } })
    expect(decodeJwt(token)).toMatchObject({ scope: 'admin' })
    await expect(judged(issuer, token)).rejects.toThrow('signature verification failed')
    await expect(judged(issuer, await issuer.tampered())).rejects.toThrow('signature verification failed')
    await expect(issuer.tampered({ change: {} })).rejects.toThrow('change alters nothing')
  })

  it('encrypted: a JWE of five parts around an access token (RFC 7516 §7.1)', async () => {
    const issuer = await makeIssuer()
    expect((await issuer.encrypted()).split('.')).toHaveLength(5)
    const contentKey = new Uint8Array(32)
    const { plaintext, protectedHeader } = await compactDecrypt(
      await issuer.encrypted({ contentKey }),
      contentKey,
    )
    expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
    await expect(judged(issuer, new TextDecoder().decode(plaintext))).resolves.toBeDefined()
  })
})
