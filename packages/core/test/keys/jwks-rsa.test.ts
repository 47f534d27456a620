import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import jwksRsa from 'jwks-rsa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigurationError } from '../../src/errors.ts'
import { fromJwksClient, type JwksClient } from '../../src/keys/jwks-rsa.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, bearer, verdictOf } from '../support.ts'

let issuer: TestIssuer
let clock: TestClock
beforeEach(async () => {
  clock = new TestClock()
  issuer = await createTestIssuer({ audience: AUDIENCE })
  await issuer.listen()
})
afterEach(() => issuer.close())

const api = (client: JwksClient) =>
  createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE, keys: fromJwksClient(client) }, clock)

async function outcome(server: ResourceServer, token?: string): Promise<string> {
  const decision = await server.authenticate(bearer(token ?? (await issuer.accessToken())))
  return verdictOf(decision)
}

describe('an existing jwks-rsa client', () => {
  it('is the way to the keys, with its headers (ours)', async () => {
    const server = api(jwksRsa({ jwksUri: issuer.jwksUri, requestHeaders: { 'x-proxy': 'mine' } }))
    expect(await outcome(server)).toBe('admitted')
    expect(issuer.requests.jwks.map(({ headers }) => headers['x-proxy'])).toEqual(['mine'])
  })

  it('is asked once for many tokens, and not in turn for each unknown kid, though it has no limit (ours)', async () => {
    const server = api(jwksRsa({ jwksUri: issuer.jwksUri, cache: false }))
    await Promise.all(Array.from({ length: 50 }, () => outcome(server)))
    expect(issuer.requests.jwks).toHaveLength(1)
    for (let i = 0; i < 20; i++) await outcome(server, await issuer.accessToken({ header: { kid: `x${i}` } }))
    expect(issuer.requests.jwks).toHaveLength(2)
  })

  it('does not keep a new key out by its rate limit (ours)', async () => {
    const server = api(jwksRsa({ jwksUri: issuer.jwksUri, rateLimit: true, jwksRequestsPerMinute: 1 }))
    expect(await outcome(server)).toBe('admitted')
    await issuer.rotateKeys()
    expect(await outcome(server)).toBe('admitted')
  })

  it.each<[string, Parameters<TestIssuer['behave']>[0]]>([
    ['500', { jwks: { status: 500 } }],
    ['a page', { jwks: { body: '<html>' } }],
    ['no keys', { jwks: { body: { keys: [] } } }],
    ['a reset', { jwks: 'reset' }],
  ])(
    'that fails with %s leads to 503, and known keys serve for their hour (RFC 9110 §15.6.4)',
    async (_, fault) => {
      const cold = api(jwksRsa({ jwksUri: issuer.jwksUri }))
      issuer.behave(fault)
      expect(await outcome(cold)).toBe('503 keys_unavailable')
      issuer.restore()
      const warm = api(jwksRsa({ jwksUri: issuer.jwksUri }))
      await warm.ready()
      const token = await issuer.accessToken({ expiresIn: 100_000 })
      issuer.behave(fault)
      clock.pass(69 * 60_000)
      expect(await outcome(warm, token)).toBe('admitted')
    },
  )

  it('serves the keys of its interceptor beside the fetched ones, and alone while the issuer is down (ours)', async () => {
    const local = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
    await local.rotateKeys()
    const getKeysInterceptor = () =>
      Promise.resolve([{ ...local.publicJwk('ES256'), kid: 'local', alg: 'ES256' }])
    const own = await local.accessToken({ header: { kid: 'local' }, claims: { iss: issuer.issuer } })

    const both = api(jwksRsa({ jwksUri: issuer.jwksUri, getKeysInterceptor }))
    expect([await outcome(both), await outcome(both, own)]).toEqual(['admitted', 'admitted'])
    await issuer.goDown()
    expect(await outcome(api(jwksRsa({ jwksUri: 'http://127.0.0.1:9/', getKeysInterceptor })), own)).toBe(
      'admitted',
    )
  })

  it.each([[undefined], [null], [{}], ['https://issuer.test/jwks'], [{ getSigningKey: () => undefined }]])(
    'that is none is refused at boot: %j (ours)',
    (client) => {
      expect(() => fromJwksClient(client as unknown as JwksClient)).toThrow(ConfigurationError)
    },
  )
})
