import {
  clientSecretBasic,
  createResourceServer,
  type IntrospectionOptions,
  type ResourceServer,
} from '@gatewarden/core'
import {
  type AuthorizationServer,
  authorizationCode,
  BILLING_API,
  clientCredentials,
  createAuthorizationServer,
  HEALTH_API,
  registerApi,
} from '@gatewarden/example-health-api'
import { afterAll, beforeAll, expect, it } from 'vitest'

const api = registerApi()
let authorizationServer: AuthorizationServer
beforeAll(async () => {
  authorizationServer = await createAuthorizationServer({ opaque: api })
})
afterAll(() => authorizationServer.close())

/** An API that asks the authorization server about tokens; nothing is remembered, so that each request is a question. */
function healthApi(introspection: Partial<IntrospectionOptions> = {}): ResourceServer {
  const clientAuth = clientSecretBasic(api.clientId, api.clientSecret)
  return createResourceServer({
    issuer: authorizationServer.issuer,
    audience: HEALTH_API,
    introspection: { clientAuth, cache: false, ...introspection },
  })
}
const authenticate = (server: ResourceServer, token: string) =>
  server.authenticate({ method: 'GET', query: '', header: () => [`Bearer ${token}`] })
const login = async (resource = HEALTH_API): Promise<string> => {
  const { issuer } = authorizationServer
  return (await authorizationCode({ issuer, resource, scope: 'read:patients', username: 'grace' }))
    .access_token
}

it.each([
  ['plain', false],
  ['signed', true],
])(
  'admits an opaque token of a real login, by a %s answer (RFC 7662 §2.2, RFC 9701 §5)',
  async (_, signed) => {
    const token = await login()
    expect(token).not.toContain('.')
    expect(await authenticate(healthApi({ signed }), token)).toMatchObject({
      ok: true,
      auth: {
        issuer: authorizationServer.issuer,
        subject: 'grace',
        clientId: 'health-app',
        audience: [HEALTH_API],
        scopes: ['read:patients'],
      },
    })
  },
)

it('admits the token of a service, and refuses the one that it has for another API (RFC 7662 §4)', async () => {
  const { issuer, services } = authorizationServer
  const server = healthApi()
  const own = await clientCredentials(issuer, services.reporting, HEALTH_API)
  expect(await authenticate(server, own.access_token)).toMatchObject({
    ok: true,
    auth: { clientId: 'reporting-service', subject: undefined },
  })
  const other = await clientCredentials(issuer, services.reporting, BILLING_API)
  expect(await authenticate(server, other.access_token)).toMatchObject({
    ok: false,
    reason: { code: 'audience_mismatch' },
  })
})

it('refuses a token once it was revoked (RFC 7009 §2)', async () => {
  const { issuer, services } = authorizationServer
  const server = healthApi()
  const { access_token: token } = await clientCredentials(issuer, services.reporting, HEALTH_API)
  expect(await authenticate(server, token)).toMatchObject({ ok: true })
  const { clientId, clientSecret } = services.reporting
  const revoked = await fetch(`${issuer}/token/revocation`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ token }),
  })
  expect(revoked.status).toBe(200)
  expect(await authenticate(server, token)).toMatchObject({
    ok: false,
    refusal: { status: 401 },
    reason: { code: 'token_inactive' },
  })
})

it('is 503 for an API that the authorization server does not know, with a hint where to look (ours)', async () => {
  const server = healthApi({ clientAuth: clientSecretBasic(api.clientId, 'another secret') })
  expect(await authenticate(server, await login())).toMatchObject({
    ok: false,
    refusal: { status: 503 },
    reason: { code: 'introspection_unavailable', hint: expect.stringContaining('`clientAuth`') },
  })
})

it('tells who the user of an introspected token is (OpenID Connect Core §5.3)', async () => {
  const { issuer } = authorizationServer
  const { access_token: token } = await authorizationCode({
    issuer,
    resource: '',
    scope: 'profile',
    username: 'grace',
  })
  const clientAuth = clientSecretBasic(api.clientId, api.clientSecret)
  // A token for no API in particular names none: that it is taken here is said by `audience: null`.
  const server = createResourceServer({
    issuer: { issuer, mapping: { audience: null }, introspection: { clientAuth } },
    realm: 'profile',
  })
  const decision = await authenticate(server, token)
  if (!decision.ok || decision.auth === undefined) throw new TypeError('the token was not admitted')
  expect(await server.userinfo(decision.auth)).toEqual({ sub: 'grace', name: 'Grace' })
})
