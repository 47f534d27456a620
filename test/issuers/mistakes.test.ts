import {
  createResourceServer,
  presets,
  type Reason,
  type ResourceServerOptions,
  secret,
  staticJwks,
} from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { ISSUED_AT } from './golden/index.ts'
import { jwks, signed } from './sign.ts'

const API = 'https://example.com/health-api'
const ISSUER = 'https://tenant.auth0.com/'
const TIMES = { iat: ISSUED_AT, exp: ISSUED_AT + 3600 }
const keys = staticJwks(jwks)
const now = () => (ISSUED_AT + 60) * 1000

const hs = await createTestIssuer({ algorithms: ['HS256'], issuer: ISSUER, clock: now })
const delegation = await hs.accessToken({
  claims: { aud: 'targetClient', azp: 'sourceClient', sub: 'auth0|1', client_id: undefined },
  header: { typ: 'JWT' },
})
const targetSecret = hs.secret('HS256')

async function reason(
  token: string,
  options: Partial<ResourceServerOptions> = {},
): Promise<Reason | 'admitted'> {
  const server = createResourceServer({ issuer: ISSUER, audience: API, keys, ...options }, { now })
  const header = (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : [])
  const decision = await server.authenticate({ method: 'GET', query: '', header })
  if (decision.ok) return 'admitted'
  expect(decision.refusal.status).toBe(401)
  return decision.reason
}
const user = { ...TIMES, iss: ISSUER, sub: 'auth0|1', azp: 'spa1' }

describe('tokens that reach an API by mistake are told by name, with what to ask for instead (ours)', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'for /userinfo only',
      signed({ ...user, aud: `${ISSUER}userinfo`, scope: 'openid' }),
      'userinfo_token',
      /audience of this API/,
    ],
    [
      'for /userinfo only, in a list',
      signed({ ...user, aud: [`${ISSUER}userinfo`], scope: 'openid' }),
      'userinfo_token',
      /without one/,
    ],
    [
      'for the Management API',
      signed({
        ...user,
        aud: `${ISSUER}api/v2/`,
        scope: 'read:users',
        gty: 'client-credentials',
        sub: 'spa1@clients',
      }),
      'management_token',
      /Management API/,
    ],
    [
      'for the Management API, as they were once',
      signed({ ...TIMES, aud: 'globalClient', jti: 'j', scopes: { users: { actions: ['read', 'update'] } } }),
      'management_token',
      /Management API/,
    ],
    [
      'by Google, with whom the user signed in',
      signed({
        ...TIMES,
        iss: 'https://accounts.google.com',
        sub: '1',
        aud: 'web.apps.googleusercontent.com',
      }),
      'identity_provider_token',
      /after the login/,
    ],
    [
      'by Microsoft, with whom the user signed in',
      signed({
        ...TIMES,
        iss: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
        sub: '1',
      }),
      'identity_provider_token',
      /after the login/,
    ],
    [
      'by another tenant',
      signed({ ...user, iss: 'https://other.auth0.com/', aud: API }),
      'issuer_unknown',
      /character by character/,
    ],
    ['opaque', 'ya29.a0AfH6SMBx', 'opaque_token', /.+/],
    ['opaque, without dots', 'v1MjQxNzY3', 'opaque_token', /.+/],
    ['encrypted', 'a.b.c.d.e', 'encrypted_token', /.+/],
    ['for delegation, at an API with public keys', delegation, 'delegation_token', /keys: secret\(value\)/],
    [
      'for Microsoft Graph',
      signed({ ...user, aud: '00000003-0000-0000-c000-000000000000' }, { nonce: 'x' }).replace(
        /.{8}$/,
        'AAAAAAAA',
      ),
      'graph_token',
      /scope of this API/,
    ],
    [
      'of Keycloak, before an audience mapper',
      signed({ ...user, aud: 'account', typ: 'Bearer' }),
      'audience_mismatch',
      /audience mapper/,
    ],
  ])('%s', async (_, token, code, hint) => {
    const refused = await reason(token)
    if (refused === 'admitted') throw new TypeError('admitted')
    expect([refused.code, refused.hint]).toEqual([code, expect.stringMatching(hint)])
  })

  it('a token for this API and for /userinfo is for this API (OpenID Connect Core §5.3)', async () => {
    expect(await reason(signed({ ...user, aud: [API, `${ISSUER}userinfo`], scope: 'openid' }))).toBe(
      'admitted',
    )
  })
})

describe('a delegation token, signed with the secret of its target (ours)', () => {
  const delegated = (claims: object = {}) =>
    hs.accessToken({
      header: { typ: 'JWT' },
      claims: {
        aud: 'targetClient',
        azp: 'sourceClient',
        sub: 'auth0|1',
        email: 'ada@example.com',
        scope: undefined,
        client_id: undefined,
        ...claims,
      },
    })
  const target = { keys: secret(targetSecret), audience: 'targetClient', realm: 'api' }

  it('is taken where the API is configured with that secret, audience and issuer', async () => {
    expect(await reason(await delegated(), target)).toBe('admitted')
  })

  it.each<[string, Partial<ResourceServerOptions>, string]>([
    ['another audience', { ...target, audience: API }, 'audience_mismatch'],
    ['another issuer', { ...target, issuer: 'https://other.auth0.com/' }, 'issuer_unknown'],
    [
      'another secret',
      { ...target, keys: secret('the secret of the application, long enough') },
      'signature_invalid',
    ],
  ])('is refused by an API with %s', async (_, options, code) => {
    expect(await reason(await delegated(), options)).toMatchObject({ code })
  })

  it("with another secret: the hint says that it may be the application's, and that none other is tried", async () => {
    const options = { ...target, keys: secret('the secret of the application, long enough') }
    expect(await reason(await delegated(), options)).toMatchObject({
      hint: expect.stringMatching(/secret of the application .* no other secret is ever tried/),
    })
  })
})

describe('tokens of other kinds are refused by their type (RFC 8725 §3.11)', () => {
  it.each([
    ['logout+jwt', 'logout_token'],
    ['secevent+jwt', 'other_token_type'],
    ['token-introspection+jwt', 'other_token_type'],
    ['client-authentication+jwt', 'other_token_type'],
    ['dpop+jwt', 'other_token_type'],
    ['oauth-authz-req+jwt', 'other_token_type'],
    ['refresh+jwt', 'refresh_token'],
    ['rt+jwt', 'refresh_token'],
    ['entity-statement+jwt', 'other_token_type'],
    ['trust-mark+jwt', 'other_token_type'],
    ['dc+sd-jwt', 'other_token_type'],
    ['vc+sd-jwt', 'other_token_type'],
    ['vc+jwt', 'other_token_type'],
    ['kb+jwt', 'other_token_type'],
    ['openid4vci-proof+jwt', 'other_token_type'],
    ['txn_token+jwt', 'other_token_type'],
    ['id_token+jwt', 'id_token'],
  ])('%s', async (typ, code) => {
    expect(await reason(signed({ ...user, aud: API, scope: 'read:patients' }, { typ }))).toMatchObject({
      code,
    })
  })

  it('and by their claims, where they are not typed', async () => {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
    expect(await reason(signed({ ...user, aud: API, events }))).toMatchObject({ code: 'logout_token' })
    const introspection = { active: true, scope: 'read:patients' }
    expect(
      await reason(signed({ ...TIMES, iss: ISSUER, aud: API, token_introspection: introspection })),
    ).toMatchObject({
      code: 'other_token_type',
    })
    // A client assertion (RFC 7523 §3) sent to the API: the client is issuer and subject.
    expect(await reason(signed({ ...TIMES, iss: 'spa1', sub: 'spa1', aud: API, jti: '1' }))).toMatchObject({
      code: 'issuer_unknown',
    })
    expect(await reason(signed({ ...TIMES, iss: ISSUER, sub: ISSUER, aud: API, jti: '1' }))).toMatchObject({
      code: 'not_an_access_token',
    })
  })
})

describe('a hint does not send a developer the wrong way', () => {
  const TENANT = '11111111-2222-3333-4444-555555555555'
  const V1 = `https://sts.windows.net/${TENANT}/`
  const V2 = `https://login.microsoftonline.com/${TENANT}/v2.0`

  it.each<[string, string, string, string, RegExp]>([
    ['version 1.0 at an API for version 2.0 of the same tenant', V1, V2, 'issuer_unknown', /version 1.0/],
    ['a slash more in iss', `${V2}/`, V2, 'issuer_unknown', /trailing slash/],
    [
      'another project of Firebase',
      'https://securetoken.google.com/other',
      'https://securetoken.google.com/mine',
      'issuer_unknown',
      /character by character/,
    ],
    [
      'Google, at an API of another issuer',
      'https://accounts.google.com',
      ISSUER,
      'identity_provider_token',
      /after the login/,
    ],
  ])('%s', async (_, iss, issuer, code, hint) => {
    const refusal = await reason(signed({ ...user, iss, aud: API, scope: 'a' }), { issuer })
    expect(refusal).toMatchObject({ code, hint: expect.stringMatching(hint) })
  })

  it('an API may have an audience that looks like that of a Management API', async () => {
    const audience = 'https://api.example.com/api/v2/'
    const server = createResourceServer({ issuer: ISSUER, audience, keys }, { now })
    const { admitted, kind } = await server.explain(signed({ ...user, aud: audience, scope: 'a' }))
    expect([admitted, kind]).toEqual([true, 'an access token'])
    const near = signed({ ...user, aud: audience.slice(0, -1), scope: 'a' })
    expect(await reason(near, { audience })).toMatchObject({
      code: 'audience_mismatch',
      hint: expect.stringMatching(/trailing slash/),
    })
  })
})

describe('a service account never passes for a user (RFC 9068 §5)', () => {
  const judge = async (claims: object) => {
    const issuer = presets.keycloak({ url: 'https://sso.test', realm: 'shop', audience: API, keys })
    const token = signed({
      ...TIMES,
      iss: 'https://sso.test/realms/shop',
      aud: API,
      azp: 'billing',
      typ: 'Bearer',
      ...claims,
    })
    const server = createResourceServer({ issuer: [issuer], realm: 'api' }, { now })
    return (await server.explain(token)).auth?.principal
  }

  it.each([
    ['without a session', { preferred_username: 'service-account-billing' }, 'client'],
    [
      'with a session, as a refresh token gives it one',
      { preferred_username: 'service-account-billing', sid: 's' },
      'unknown',
    ],
    ['of another client', { preferred_username: 'service-account-other', sid: 's' }, 'unknown'],
    ['that is a user', { preferred_username: 'jane', sid: 's' }, 'user'],
  ])('%s', async (_, claims, principal) => {
    expect(await judge({ sub: 'u', ...claims })).toBe(principal)
  })
})
