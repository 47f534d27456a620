import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../src/index.ts'

const DISCOVERY = '/.well-known/openid-configuration'
const json = async (url: string) => (await fetch(url)).json() as Promise<Record<string, unknown>>

let issuer: TestIssuer

beforeEach(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256'] })
})
afterEach(() => issuer.close())

describe('a listening issuer', () => {
  it('is named by its address, in tokens too, and its tokens are admitted by its published keys', async () => {
    const name = await issuer.listen()
    expect(name).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(issuer.issuer).toBe(name)
    expect(issuer.jwksUri).toBe(`${name}/jwks`)
    const keys = createRemoteJWKSet(new URL(issuer.jwksUri))
    await expect(jwtVerify(await issuer.accessToken(), keys, { issuer: name })).resolves.toBeDefined()
  })

  it('publishes metadata that names itself and its keys (OpenID Connect Discovery §3)', async () => {
    const name = await issuer.listen()
    expect(await json(name + DISCOVERY)).toMatchObject({
      issuer: name,
      jwks_uri: issuer.jwksUri,
      introspection_endpoint: issuer.introspectionEndpoint,
      userinfo_endpoint: issuer.userinfoEndpoint,
      id_token_signing_alg_values_supported: ['ES256'],
    })
    expect(await json(issuer.jwksUri)).toEqual(issuer.jwks())
  })

  it.each([
    ['/', '/', DISCOVERY, '/.well-known/oauth-authorization-server', '/jwks'],
    [
      '/tenant',
      '/tenant',
      `/tenant${DISCOVERY}`,
      '/.well-known/oauth-authorization-server/tenant',
      '/tenant/jwks',
    ],
    [
      '/tenant/',
      '/tenant/',
      `/tenant${DISCOVERY}`,
      '/.well-known/oauth-authorization-server/tenant',
      '/tenant/jwks',
    ],
  ])(
    'with the path %s has its documents where RFC 8414 §3.1 puts them',
    async (path, end, oidc, oauth, jwks) => {
      const name = await issuer.listen({ path })
      const { origin } = new URL(name)
      expect(name).toBe(origin + end)
      for (const place of [oidc, oauth]) {
        expect(await json(origin + place)).toMatchObject({ issuer: name, jwks_uri: origin + jwks })
      }
      expect(await json(origin + jwks)).toEqual(issuer.jwks())
    },
  )

  it('shows new keys at once after a rotation', async () => {
    await issuer.listen()
    const before = await json(issuer.jwksUri)
    await issuer.rotateKeys()
    expect(await json(issuer.jwksUri)).not.toEqual(before)
    expect(await json(issuer.jwksUri)).toEqual(issuer.jwks())
  })

  it('keeps the keys it had, unless another listening issuer has them', async () => {
    const other = await createTestIssuer({ algorithms: ['ES256'] })
    const kid = issuer.kid()
    await issuer.listen()
    await other.listen()
    expect(issuer.kid()).toBe(kid)
    await expect(jwtVerify(await other.accessToken(), createLocalJWKSet(issuer.jwks()))).rejects.toThrow()
    await issuer.close()
    await other.close()
    await other.listen()
    expect(other.kid()).toBe(kid)
    await other.close()
  })

  it('answers 304 to the ETag that it sent (RFC 9110 §13.1.2), until the keys change', async () => {
    await issuer.listen()
    const etag = (await fetch(issuer.jwksUri)).headers.get('etag') ?? ''
    const conditional = () => fetch(issuer.jwksUri, { headers: { 'if-none-match': etag } })
    expect((await conditional()).status).toBe(304)
    await issuer.rotateKeys()
    expect((await conditional()).status).toBe(200)
  })

  it('answers 404 elsewhere and 405 to other methods', async () => {
    const name = await issuer.listen()
    expect((await fetch(`${name}/token`)).status).toBe(404)
    expect((await fetch(issuer.jwksUri, { method: 'POST', body: 'x' })).status).toBe(405)
    const head = await fetch(issuer.jwksUri, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('lists its requests by endpoint until they are reset', async () => {
    const name = await issuer.listen()
    await fetch(name + DISCOVERY)
    await fetch(`${issuer.jwksUri}?x=1`, { headers: { 'user-agent': 'test' } })
    await fetch(`${name}/elsewhere`)
    expect(issuer.requests).toMatchObject({
      discovery: [{ method: 'GET', url: DISCOVERY }],
      jwks: [{ url: '/jwks?x=1', headers: { 'user-agent': 'test' } }],
      other: [{ url: '/elsewhere' }],
    })
    issuer.resetRequests()
    expect(issuer.requests).toEqual({
      discovery: [],
      jwks: [],
      introspection: [],
      userinfo: [],
      other: [],
    })
  })

  it('tells mistakes by name', async () => {
    expect(() => issuer.jwksUri).toThrow('call await issuer.listen() first')
    await expect(issuer.goDown()).rejects.toThrow('call await issuer.listen() first')
    await expect(issuer.listen({ path: 'tenant' })).rejects.toThrow('path must begin with a slash')
    await issuer.listen()
    await expect(issuer.listen()).rejects.toThrow('listens already')
  })
})

describe('an outage', () => {
  it('refuses connections, and ends on the same port with the same keys', async () => {
    const name = await issuer.listen()
    const before = await json(issuer.jwksUri)
    await issuer.goDown()
    await expect(fetch(issuer.jwksUri)).rejects.toThrow()
    await issuer.comeBack()
    expect(issuer.issuer).toBe(name)
    expect(await json(issuer.jwksUri)).toEqual(before)
  })
})

describe('close', () => {
  it('ends at once, hanging requests with it', async () => {
    await issuer.listen()
    issuer.behave({ jwks: 'hang', discovery: { delay: 3_600_000 } })
    const requests = [fetch(issuer.jwksUri), fetch(issuer.jwksUri), fetch(issuer.issuer + DISCOVERY)]
    const ends = Promise.allSettled(requests)
    await issuer.received('jwks', 2)
    await issuer.received('discovery')
    await issuer.close()
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    await expect(fetch(`${issuer.issuer}/jwks`)).rejects.toThrow()
  })

  it('may be called twice, before listening, in an outage, and by await using', async () => {
    await issuer.close()
    await issuer.listen()
    await issuer.goDown()
    await issuer.close()
    await issuer.close()
    let url = ''
    {
      await using scoped = await createTestIssuer({ algorithms: ['ES256'] })
      await scoped.listen()
      url = scoped.jwksUri
      expect((await fetch(url)).status).toBe(200)
    }
    await expect(fetch(url)).rejects.toThrow()
  })
})
