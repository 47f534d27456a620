import { describe, expect, it } from 'vitest'
import type { Profile } from '../../src/token/claims.ts'
import { checkEvidence, checkType } from '../../src/token/kind.ts'
import { AUDIENCE, claims, codeOf, policy } from '../support.ts'

/** A client and a scope: soft evidence of an access token, so that each case shows one rule alone. */
const PLAIN = { client_id: 'c', scope: 'read:a' }
const kind = (
  changes: Record<string, unknown>,
  header: Record<string, unknown> = {},
  profile: Profile = 'jwt',
) => {
  const head = { alg: 'ES256', ...header }
  const body = claims(changes)
  return codeOf(checkType(head, body, policy({ profile })) ?? checkEvidence(head, body, policy({ profile })))
}

describe('rule 1: a contradicting type is refused (RFC 8725 §3.11)', () => {
  it.each([
    ['id_token+jwt', 'id_token'],
    ['ID_TOKEN+JWT', 'id_token'],
    ['application/id_token+jwt', 'id_token'],
    ['logout+jwt', 'logout_token'],
    ['rt+jwt', 'refresh_token'],
    ['secevent+jwt', 'other_token_type'],
    ['dpop+jwt', 'other_token_type'],
    ['statuslist+jwt', 'other_token_type'],
    ['token-introspection+jwt', 'other_token_type'],
    ['oauth-authz-req+jwt', 'other_token_type'],
    ['kb+jwt', 'other_token_type'],
    ['vc+sd-jwt', 'other_token_type'],
    ['JOSE', 'other_token_type'],
    ['at+jwt ', 'other_token_type'],
    ['at+jwt; charset=utf-8', 'other_token_type'],
    ['application/application/at+jwt', 'other_token_type'],
    ['text/at+jwt', 'other_token_type'],
    ['', 'other_token_type'],
    [null, 'other_token_type'],
    [1, 'other_token_type'],
    [['at+jwt'], 'other_token_type'],
  ])('refuses the header typ %j', (typ, code) => {
    expect(kind({ ...PLAIN, token_use: 'access' }, { typ })).toBe(code)
  })

  it.each([
    ['token_use', 'id', 'id_token'],
    ['token_use', 'refresh', 'other_token_type'],
    ['token_use', 'Access', 'other_token_type'],
    ['token_use', null, 'other_token_type'],
    ['typ', 'ID', 'id_token'],
    ['typ', 'Serialized-ID', 'id_token'],
    ['typ', 'Refresh', 'refresh_token'],
    ['typ', 'Offline', 'refresh_token'],
    ['typ', 'Logout', 'logout_token'],
    ['typ', 'UMA', 'other_token_type'],
    ['typ', null, 'other_token_type'],
    ['typ', ['Bearer'], 'other_token_type'],
    ['events', { 'http://schemas.openid.net/event/backchannel-logout': {} }, 'logout_token'],
    ['events', {}, 'other_token_type'],
    ['events', null, 'other_token_type'],
    ['events', 'x', 'other_token_type'],
    ['toe', 1, 'other_token_type'],
    ['token_introspection', {}, 'other_token_type'],
    ['sub_jwk', {}, 'other_token_type'],
    ['jti', 'ID.abc', 'id_token'],
  ])('refuses the claim %s %j, at+jwt or not', (name, value, code) => {
    expect(kind({ ...PLAIN, [name]: value })).toBe(code)
    expect(kind({ ...PLAIN, [name]: value }, { typ: 'at+jwt' })).toBe(code)
  })
})

describe('rule 2: a positive proof admits, even beside marks of an ID token (ours)', () => {
  const ID_MARKS = { aud: AUDIENCE, nonce: 'n', at_hash: 'h', email: 'a@example.com', sid: '1' }
  it.each([
    ['the header typ at+jwt (RFC 9068 §2.1)', {}, { typ: 'at+jwt' }],
    ['the header typ AT+JWT (RFC 7515 §4.1.9)', {}, { typ: 'AT+JWT' }],
    ['the header typ application/at+jwt (RFC 9068 §4)', {}, { typ: 'Application/AT+JWT' }],
    ['token_use access (Cognito)', { token_use: 'access' }, {}],
    ['the claim typ Bearer (Keycloak)', { typ: 'Bearer' }, {}],
    ['the claim typ DPoP (Keycloak)', { typ: 'DPoP' }, {}],
    ['scp beside azp (Entra)', { scp: 'read', azp: 'c' }, {}],
    ['scp beside cid (Okta)', { scp: ['read'], cid: 'c' }, {}],
    ['scp beside appid (Entra v1)', { scp: 'read', appid: 'c' }, {}],
    ['scp beside client_id (Hydra)', { scp: ['read'], client_id: 'c' }, {}],
  ])('admits %s', (_, changes, header) => {
    expect(kind({ ...ID_MARKS, ...changes }, header)).toBe('admitted')
  })

  it.each([
    ['scp with no client', { scp: 'read' }],
    ['scp beside a client that is no string', { scp: 'read', cid: 5 }],
    ['scope beside a client', { scope: 'read', client_id: 'c' }],
    ['the header typ JWT', {}],
  ])('takes %s for no proof', (_, changes) => {
    expect(kind({ ...ID_MARKS, ...changes }, { typ: 'JWT' })).toBe('id_token')
  })
})

describe('rule 3: hard evidence of an ID token refuses (OpenID Connect Core §2)', () => {
  it.each(['nonce', 'at_hash', 'c_hash', 's_hash'])(
    'refuses the claim %s beside scope and client',
    (name) => {
      expect(kind({ ...PLAIN, [name]: 'x' })).toBe('id_token')
      expect(kind({ ...PLAIN, [name]: null })).toBe('id_token')
    },
  )
})

describe('rule 4: soft evidence refuses (ours)', () => {
  it.each([
    ['no scope and no client', {}, 'not_an_access_token'],
    ['no scope, and a client equal to aud', { azp: AUDIENCE }, 'not_an_access_token'],
    [
      'no scope, and a client in the list of audiences',
      { aud: [AUDIENCE, 'c'], azp: 'c' },
      'not_an_access_token',
    ],
    ['roles and permissions alone', { roles: ['a'], permissions: ['b'] }, 'not_an_access_token'],
    ['a login without a client', { scope: 'openid', email: 'a@example.com' }, 'not_an_access_token'],
    ['a scope and no client', { scope: 'read:a' }, 'admitted'],
    ['a client that is not aud', { azp: 'c' }, 'admitted'],
    ['a login with a client', { scope: 'openid', email: 'a@example.com', azp: 'c' }, 'admitted'],
    ['a machine token by gty', { gty: 'client-credentials' }, 'admitted'],
    ['a machine token by sub', { sub: `${AUDIENCE}@clients`, azp: AUDIENCE }, 'admitted'],
  ])('judges %s', (_, changes, expected) => {
    expect(kind(changes)).toBe(expected)
    expect(kind(changes, { typ: 'JWT' })).toBe(expected)
  })

  it.each([
    'auth_time',
    'sid',
    'email',
    'name',
    'given_name',
    'family_name',
    'nickname',
    'preferred_username',
    'picture',
  ])('takes %s for a login', (name) => {
    expect(kind({ scope: 'openid', [name]: 'x' })).toBe('not_an_access_token')
  })

  it('is not asked where the API shares a secret with the issuer', () => {
    expect(codeOf(checkEvidence({ alg: 'HS256' }, claims(), policy({ sharedSecret: true })))).toBe('admitted')
  })
})

describe('profile rfc9068 (RFC 9068 §4)', () => {
  it.each([
    ['at+jwt', 'admitted'],
    ['Application/At+Jwt', 'admitted'],
    ['JWT', 'type_required'],
    ['application/jwt', 'type_required'],
    [undefined, 'type_required'],
    ['logout+jwt', 'logout_token'],
  ])('judges the header typ %s', (typ, expected) => {
    expect(kind({ ...PLAIN, token_use: 'access' }, { typ }, 'rfc9068')).toBe(expected)
  })
})
