import { createResourceServer, type Decision, type ResourceServerOptions } from '@gatewarden/core'
import {
  type AuthorizationServer,
  authorizationCode,
  BILLING_API,
  clientCredentials,
  createAuthorizationServer,
  HEALTH_API,
} from '@gatewarden/example-health-api'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'

let authorizationServer: AuthorizationServer
let login: { access_token: string; id_token: string }
let service: string
let elsewhere: string

beforeAll(async () => {
  authorizationServer = await createAuthorizationServer()
  const { issuer, services } = authorizationServer
  login = await authorizationCode({ issuer, resource: HEALTH_API, scope: 'read:patients', username: 'grace' })
  service = (await clientCredentials(issuer, services.reporting, HEALTH_API)).access_token
  elsewhere = (await clientCredentials(issuer, services.reporting, BILLING_API)).access_token
})

afterAll(() => authorizationServer.close())

/** The verdict of an API that trusts the authorization server. */
function judge(token: string, options: Partial<ResourceServerOptions> = {}): Promise<Decision> {
  const server = createResourceServer({
    issuer: authorizationServer.issuer,
    audience: HEALTH_API,
    ...options,
  })
  return server.authenticate({ method: 'GET', query: '', header: () => [`Bearer ${token}`] })
}

it.each(['jwt', 'rfc9068'] as const)(
  'admits an access token of a real login in profile %s, as jose does (RFC 9068 §4)',
  async (profile) => {
    const decision = await judge(login.access_token, { profile })
    expect(decision).toMatchObject({
      ok: true,
      auth: { subject: 'grace', clientId: 'health-app', scopes: ['read:patients'] },
    })

    const { issuer } = authorizationServer
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
    const { payload } = await jwtVerify(login.access_token, keys, {
      issuer,
      audience: HEALTH_API,
      typ: 'at+jwt',
    })
    expect(decision).toHaveProperty('auth.claims', payload)
  },
)

it('knows a service that calls in its own name (RFC 9068 §5)', async () => {
  expect(await judge(service)).toMatchObject({
    ok: true,
    auth: { principal: 'client', subject: 'reporting-service' },
  })
})

it.each(['jwt', 'rfc9068'] as const)(
  'refuses the ID token of a real login in profile %s (RFC 8725 §3.12)',
  async (profile) => {
    expect(await judge(login.id_token, { profile })).toMatchObject({
      ok: false,
      refusal: { status: 401 },
      reason: { code: profile === 'jwt' ? 'id_token' : 'claim_missing' },
    })
  },
)

it('refuses the ID token even where its audience is taken for an API (RFC 8725 §3.12)', async () => {
  expect(await judge(login.id_token, { audience: 'health-app' })).toMatchObject({
    reason: { code: 'id_token' },
  })
})

it('refuses a token for another API of the same authorization server (RFC 9068 §4)', async () => {
  expect(await judge(elsewhere)).toMatchObject({
    refusal: { status: 401 },
    reason: { code: 'audience_mismatch' },
  })
})

it('refuses a client that is not on the list (clients)', async () => {
  expect(await judge(service, { clients: ['health-app'] })).toMatchObject({
    refusal: { status: 403 },
    reason: { code: 'client_not_allowed' },
  })
})

it('is ready once the keys are in hand, and says what is in the way where they are not', async () => {
  const { issuer } = authorizationServer
  await expect(createResourceServer({ issuer, audience: HEALTH_API }).ready()).resolves.toBeUndefined()
  const nowhere = createResourceServer({ issuer: `${issuer}/nowhere`, audience: HEALTH_API })
  await expect(nowhere.ready()).rejects.toThrow(/openid-configuration answered 404/)
})
