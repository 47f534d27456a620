import {
  type AuthorizationServer,
  authorizationCode,
  createAuthorizationServer,
  HEALTH_API,
} from '@gatewarden/example-health-api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createResourceServer } from '../../packages/core/src/resource-server.ts'
import { type AuthContext, authContext } from '../../packages/core/src/token/context.ts'

let authorizationServer: AuthorizationServer
beforeAll(async () => {
  authorizationServer = await createAuthorizationServer()
})
afterAll(() => authorizationServer.close())

/** The token of a real login; without a resource oidc-provider gives an opaque one, which its userinfo endpoint takes. */
const login = async (resource: string, scope: string): Promise<string> => {
  const { issuer } = authorizationServer
  return (await authorizationCode({ issuer, resource, scope, username: 'grace' })).access_token
}

/** An API that trusts the authorization server, and the caller of a real login at it. */
async function api() {
  const server = createResourceServer({ issuer: authorizationServer.issuer, audience: HEALTH_API })
  const header = [`Bearer ${await login(HEALTH_API, 'read:patients')}`]
  const decision = await server.authenticate({ method: 'GET', query: '', header: () => header })
  if (!decision.ok || decision.auth === undefined) throw new TypeError('the token was not admitted')
  return { server, auth: decision.auth }
}

/** The caller as introspection would have it: an opaque token has no header. */
const introspected = (auth: AuthContext, token: string): AuthContext =>
  authContext(token, { ...auth, header: { alg: '' } })

it('oidc-provider tells who the user of an opaque token is (OpenID Connect Core §5.3)', async () => {
  const { server, auth } = await api()
  const caller = introspected(auth, await login('', 'profile'))
  expect(await server.userinfo(caller)).toEqual({ sub: 'grace', name: 'Grace' })
})

it('its answer about another user than the caller is not taken (OpenID Connect Core §5.3.2)', async () => {
  const { server, auth } = await api()
  const caller = introspected({ ...auth, subject: 'ada' }, await login('', 'profile'))
  await expect(server.userinfo(caller)).rejects.toMatchObject({ code: 'subject_mismatch', status: 502 })
})

it('a token for the API alone is not shown to it, and it would refuse the token (RFC 9068 §4)', async () => {
  const { server, auth } = await api()
  await expect(server.userinfo(auth)).rejects.toMatchObject({ code: 'not_allowed', status: 500 })
  const other = await api()
  const caller = introspected(other.auth, other.auth.token)
  await expect(other.server.userinfo(caller)).rejects.toMatchObject({ code: 'refused', status: 502 })
})
