import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { compactDecrypt, createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { type AsymmetricAlgorithm, createTestIssuer, type SymmetricAlgorithm } from '../src/index.ts'

const NOW = 1_800_000_000
const clock = () => NOW * 1000
const asymmetric: AsymmetricAlgorithm[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]
const symmetric: SymmetricAlgorithm[] = ['HS256', 'HS384', 'HS512']

describe('access tokens', () => {
  it('have the header and claims of RFC 9068 §2, and nothing else', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'], clock })
    const token = await issuer.accessToken()
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: issuer.kid() })
    expect(decodeJwt(token)).toEqual({
      iss: 'https://issuer.test/',
      aud: 'https://api.test/',
      sub: 'user-1',
      client_id: 'test-client',
      iat: NOW,
      exp: NOW + 3600,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('have RS256 as the default algorithm and are admitted by jose with the published keys', async () => {
    const issuer = await createTestIssuer({ audience: 'urn:api', clientId: 'app', subject: 'anna' })
    const { payload, protectedHeader } = await jwtVerify(
      await issuer.accessToken(),
      createLocalJWKSet(issuer.jwks()),
      { issuer: issuer.issuer, audience: 'urn:api', typ: 'at+jwt', requiredClaims: ['jti', 'client_id'] },
    )
    expect(protectedHeader.alg).toBe('RS256')
    expect(payload).toMatchObject({ client_id: 'app', sub: 'anna' })
  })

  it('take scopes as text or list, other names and another lifetime', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'], clock })
    const options = { audience: ['a', 'b'], subject: 'anna', clientId: 'app', expiresIn: 5 }
    expect(decodeJwt(await issuer.accessToken({ ...options, scope: ['read', 'write'] }))).toMatchObject({
      aud: ['a', 'b'],
      sub: 'anna',
      client_id: 'app',
      exp: NOW + 5,
      scope: 'read write',
    })
    expect(decodeJwt(await issuer.accessToken({ scope: 'read' }))).toMatchObject({ scope: 'read' })
  })

  it('take claims and header parameters of any JSON type, and leave out what is undefined or omitted', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const token = await issuer.accessToken({
      claims: { exp: 'soon', aud: null, scope: ['read'], sub: undefined, jti: 'kept?' },
      header: { typ: 7, kid: undefined, crit: [] },
      omit: ['jti', 'client_id'],
    })
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 7, crit: [] })
    expect(JSON.parse(part(token, 1))).toEqual({
      iss: issuer.issuer,
      aud: null,
      exp: 'soon',
      iat: expect.any(Number),
      scope: ['read'],
    })
  })

  it.each(asymmetric)('are admitted by jose when signed with %s', async (algorithm) => {
    const issuer = await createTestIssuer({ algorithms: ['ES256', algorithm] })
    const token = await issuer.accessToken({ algorithm })
    const { protectedHeader } = await jwtVerify(token, createLocalJWKSet(issuer.jwks()))
    expect(protectedHeader).toMatchObject({ alg: algorithm, kid: issuer.kid(algorithm) })
  })

  it.each(symmetric)('are admitted by jose when signed with the shared secret of %s', async (algorithm) => {
    const issuer = await createTestIssuer({ algorithms: [algorithm] })
    const secret = Buffer.from(issuer.secret(algorithm))
    expect(secret.length).toBeGreaterThanOrEqual(Number(algorithm.slice(2)) / 8)
    const { protectedHeader } = await jwtVerify(await issuer.accessToken(), secret)
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'at+jwt' })
    expect(issuer.jwks()).toEqual({ keys: [] })
  })

  it('can be signed with another key under the name of the issuer’s (RFC 8725 §2.1)', async () => {
    const issuer = await createTestIssuer({ algorithms: ['RS256'] })
    const token = await issuer.accessToken({
      algorithm: 'HS256',
      key: issuer.publicPem(),
      header: { kid: issuer.kid() },
    })
    await expect(jwtVerify(token, Buffer.from(issuer.publicPem()))).resolves.toBeDefined()
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'HS256', kid: issuer.kid('RS256') })
  })

  it('name the fix when the issuer has no key for the algorithm', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    await expect(issuer.accessToken({ algorithm: 'PS256' })).rejects.toThrow(
      "createTestIssuer({ algorithms: ['ES256', 'PS256'] })",
    )
    await expect(createTestIssuer({ algorithms: [] })).rejects.toThrow('algorithms is empty')
    await expect(createTestIssuer({ algorithms: ['none' as never] })).rejects.toThrow('none is unknown')
  })
})

describe('other kinds of tokens', () => {
  it('include ID tokens for the client (OpenID Connect Core §2)', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES384'] })
    const accessToken = await issuer.accessToken()
    const token = await issuer.idToken({ accessToken, nonce: 'n-1' })
    const { payload } = await jwtVerify(token, createLocalJWKSet(issuer.jwks()), {
      audience: issuer.clientId,
      typ: 'JWT',
    })
    const digest = createHash('sha384').update(accessToken).digest()
    expect(payload).toMatchObject({
      nonce: 'n-1',
      at_hash: digest.subarray(0, 24).toString('base64url'),
      auth_time: expect.any(Number),
      sid: expect.any(String),
      email: 'user@example.com',
      name: 'Test User',
    })
    expect(payload).not.toHaveProperty('client_id')
    expect(decodeJwt(await issuer.idToken({ audience: issuer.audience }))).toMatchObject({
      aud: issuer.audience,
    })
  })

  it('include refresh tokens for the issuer, typed in the payload', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const { payload } = await jwtVerify(await issuer.refreshToken(), createLocalJWKSet(issuer.jwks()))
    expect(payload).toMatchObject({ typ: 'Refresh', aud: issuer.issuer, azp: issuer.clientId })
  })

  it('include logout tokens (Back-Channel Logout §2.4)', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const { payload } = await jwtVerify(await issuer.logoutToken(), createLocalJWKSet(issuer.jwks()), {
      typ: 'logout+jwt',
      audience: issuer.clientId,
    })
    expect(payload.events).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} })
    expect(payload).not.toHaveProperty('nonce')
  })

  it('include opaque tokens, each another', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    expect(await issuer.opaque()).toMatch(/^[\w-]{43}$/)
    expect(await issuer.opaque()).not.toBe(await issuer.opaque())
  })
})

describe('raw tokens', () => {
  it('carry the given text, duplicate members included, with a true signature', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const payload = '{"aud":"a","aud":"b"}'
    const token = await issuer.raw({ header: ' {"alg":"ES256"}', payload })
    expect(part(token, 0)).toBe(' {"alg":"ES256"}')
    expect(part(token, 1)).toBe(payload)
    expect(signatureHolds(token, issuer.publicPem())).toBe(true)
  })

  it('carry the given bytes, invalid UTF-8 included', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const bytes = Uint8Array.from([0x7b, 0xff, 0x7d])
    const token = await issuer.raw({ payload: bytes })
    expect(Uint8Array.from(Buffer.from(token.split('.')[1] ?? '', 'base64url'))).toEqual(bytes)
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: issuer.kid() })
    expect(signatureHolds(token, issuer.publicPem())).toBe(true)
  })

  it('may say another algorithm than they are signed with', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const token = await issuer.raw({ header: { alg: 'ES512' }, payload: {} })
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES512' })
    expect(signatureHolds(token, issuer.publicPem())).toBe(true)
  })

  it('take the third part as given', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    expect(await issuer.raw({ payload: {}, signature: '!!' })).toMatch(/\.!!$/)
    expect(await issuer.raw({ payload: {}, signature: Uint8Array.of(1, 2) })).toMatch(/\.AQI$/)
  })
})

function part(token: string, index: number): string {
  return Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()
}

function signatureHolds(token: string, pem: string): boolean {
  const [header, payload, signature = ''] = token.split('.')
  const key = createPublicKey(pem)
  const data = Buffer.from(`${header}.${payload}`)
  return verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
}

describe('encrypt', () => {
  it.each([
    ['RSA-OAEP-256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ECDH-ES', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ECDH-ES', generateKeyPairSync('x25519')],
  ] as const)('wraps a token with %s for whoever has the private key (RFC 7519 §11.2)', async (alg, keys) => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'], clock })
    const token = await issuer.accessToken()
    const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: 'api' }
    for (const key of [keys.publicKey, jwk]) {
      const sealed = await issuer.encrypt(token, { key, enc: 'A128GCM', header: { iss: 'urn:x' } })
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, keys.privateKey)
      expect(new TextDecoder().decode(plaintext)).toBe(token)
      expect(protectedHeader).toMatchObject({ alg, enc: 'A128GCM', cty: 'JWT', iss: 'urn:x' })
      expect(protectedHeader.kid).toBe(key === jwk ? 'api' : undefined)
    }
  })

  it('leaves out what is undefined, and wraps any text (RFC 7516 §4.1)', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'], clock })
    const { publicKey: key } = generateKeyPairSync('x25519')
    const sealed = await issuer.encrypt('{}', { key, header: { cty: undefined } })
    expect(decodeProtectedHeader(sealed)).not.toHaveProperty('cty')
  })
})
