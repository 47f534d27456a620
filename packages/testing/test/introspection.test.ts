import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../src/index.ts'

const NOW = 1_800_000_000
const SIGNED = 'application/token-introspection+jwt'

let issuer: TestIssuer
let now: number

beforeEach(async () => {
  now = NOW
  issuer = await createTestIssuer({ algorithms: ['ES256'], clock: () => now * 1000 })
  await issuer.listen()
})
afterEach(() => issuer.close())

const ask = (token: string, headers: Record<string, string> = {}) =>
  fetch(issuer.introspectionEndpoint, { method: 'POST', body: new URLSearchParams({ token }), headers })
const introspected = async (token: string) => (await ask(token)).json()
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})

describe('the introspection endpoint', () => {
  it('tells the claims of an opaque token, never to be stored (RFC 7662 §2.2)', async () => {
    const token = await issuer.opaqueToken({ scope: ['read', 'write'] })
    expect(token).toMatch(/^[\w-]{43}$/)
    const answer = await ask(token)
    expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual(['no-store', null])
    expect(await answer.json()).toEqual({
      active: true,
      iss: issuer.issuer,
      aud: 'https://api.test/',
      sub: 'user-1',
      client_id: 'test-client',
      scope: 'read write',
      token_type: 'Bearer',
      iat: NOW,
      exp: NOW + 3600,
    })
  })

  it('tells the claims that an opaque token was made with, and leaves out what was omitted', async () => {
    const claims = { active: 'true', cnf: { jkt: 'x' }, iss: undefined }
    const token = await issuer.opaqueToken({ subject: 'anna', claims, omit: ['aud'] })
    const answer = await introspected(token)
    expect(answer).toMatchObject({ active: 'true', sub: 'anna', cnf: { jkt: 'x' } })
    expect(answer).not.toHaveProperty('iss')
    expect(answer).not.toHaveProperty('aud')
  })

  it('knows the JWT access tokens that it gave out, also after a rotation', async () => {
    const token = await issuer.accessToken({ scope: 'read' })
    await issuer.rotateKeys()
    expect(await introspected(token)).toMatchObject({ active: true, sub: 'user-1', scope: 'read' })
  })

  it('says only active: false of tokens it does not know (RFC 7662 §2.2)', async () => {
    const unknown = [
      await issuer.opaque(),
      await issuer.idToken(),
      await issuer.signedByStranger(),
      await issuer.expired(),
      'x',
    ]
    for (const token of unknown) expect(await introspected(token)).toEqual({ active: false })
  })

  it('says so of tokens that were revoked, have expired, or are not valid yet', async () => {
    const [opaque, jwt] = [await issuer.opaqueToken(), await issuer.accessToken()]
    issuer.revoke(opaque)
    issuer.revoke(jwt)
    issuer.revoke('unknown')
    expect(await introspected(opaque)).toEqual({ active: false })
    expect(await introspected(jwt)).toEqual({ active: false })

    const short = await issuer.opaqueToken({ expiresIn: 10, claims: { nbf: NOW + 5 } })
    expect(await introspected(short)).toEqual({ active: false })
    now += 5
    expect(await introspected(short)).toMatchObject({ active: true })
    now += 5
    expect(await introspected(short)).toEqual({ active: false })
  })

  it('lists the form and the client authentication of a request', async () => {
    const body = new URLSearchParams({ token: 'x', token_type_hint: 'access_token' })
    await fetch(issuer.introspectionEndpoint, { method: 'POST', body, headers: basic('api', 'secret') })
    expect(issuer.requests.introspection).toMatchObject([
      {
        method: 'POST',
        headers: { authorization: 'Basic YXBpOnNlY3JldA==' },
        body: 'token=x&token_type_hint=access_token',
      },
    ])
  })

  it('refuses what is no form with a token (RFC 7662 §2.1), and other methods', async () => {
    const post = (init: RequestInit) => fetch(issuer.introspectionEndpoint, { method: 'POST', ...init })
    expect((await post({ body: new URLSearchParams({ other: 'x' }) })).status).toBe(400)
    const json = { body: '{"token":"x"}', headers: { 'content-type': 'application/json' } }
    expect((await post(json)).status).toBe(400)
    const get = await fetch(`${issuer.introspectionEndpoint}?token=x`)
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('signs its answer where Accept asks for it, for the client that asks (RFC 9701 §5)', async () => {
    const token = await issuer.opaqueToken()
    const answer = await ask(token, { accept: SIGNED, ...basic('an:api', 'secret') })
    expect(answer.headers.get('content-type')).toBe(SIGNED)
    const { payload } = await jwtVerify(await answer.text(), createLocalJWKSet(issuer.jwks()), {
      typ: 'token-introspection+jwt',
      issuer: issuer.issuer,
      audience: 'an:api',
      currentDate: new Date(NOW * 1000),
    })
    expect(payload).toEqual({
      iss: issuer.issuer,
      aud: 'an:api',
      iat: NOW,
      token_introspection: await introspected(token),
    })
  })

  it('misbehaves on command, whether its answer is signed or not', async () => {
    const token = await issuer.opaqueToken()
    issuer.behave({ introspection: [{ status: 503 }, { metadata: { sub: 'other' } }, 'reset'] })
    expect((await ask(token)).status).toBe(503)
    const signed = await (await ask(token, { accept: SIGNED })).text()
    const { payload } = await jwtVerify(signed, createLocalJWKSet(issuer.jwks()))
    expect(payload).toMatchObject({ token_introspection: { active: true, sub: 'other' } })
    await expect(ask(token)).rejects.toThrow()
    issuer.behave({ introspection: 'hang' })
    const late = introspected(token)
    await issuer.received('introspection', 4)
    issuer.restore()
    expect(await late).toMatchObject({ active: true })
  })
})

describe('an issuer that names its introspecting clients', () => {
  it('answers them, however they send their secret (RFC 6749 §2.3.1), and nobody else', async () => {
    await using strict = await createTestIssuer({
      algorithms: ['ES256'],
      introspection: { clients: { 'an api': 'a:b +' }, audience: 'https://api.test/' },
    })
    await strict.listen()
    const token = await strict.opaqueToken()
    const post = (form: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(strict.introspectionEndpoint, {
        method: 'POST',
        body: new URLSearchParams({ token, ...form }),
        headers,
      })
    expect((await post({}, basic('an api', 'a:b +'))).status).toBe(200)
    expect((await post({ client_id: 'an api', client_secret: 'a:b +' })).status).toBe(200)

    const refused = await post({}, basic('an api', 'wrong'))
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="introspection"',
    ])
    expect(await refused.json()).toEqual({ error: 'invalid_client' })
    expect((await post({})).status).toBe(401)
    expect((await post({ client_id: 'toString' })).status).toBe(401)

    const signed = await post({}, { accept: SIGNED, ...basic('an api', 'a:b +') })
    const { payload } = await jwtVerify(await signed.text(), createLocalJWKSet(strict.jwks()))
    expect(payload.aud).toBe('https://api.test/')
  })
})
