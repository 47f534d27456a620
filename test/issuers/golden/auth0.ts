import { EXPIRES_AT, type GoldenIssuer, type GoldenToken, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ISSUER = 'https://harbour-shop.eu.auth0.com/'
const AUDIENCE = 'https://api.harbour-shop.example'
const USERINFO = `${ISSUER}userinfo`
const SPA = 'Qd7ZkV2nXb0LrT4sYw9HcJ6mPe1UfGa3'
const MACHINE = 'mT5rB8yNf1KqW3xVz6LpD0hSj2CgEa94'
const USER = 'auth0|68b1f0c2a94d7e35c01f9a26'
const HEADER = { alg: 'RS256', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }

/** An ID token after a code flow without `nonce`: only what `openid` brings, so that little tells it from an access token. */
const BARE_ID_CLAIMS = {
  iss: ISSUER,
  sub: USER,
  ...TIMES,
  sid: 'N4v8cQz1Lk7RxT2sWb9YdF6hJm3PgA0e',
}

const ID_TOKENS: readonly GoldenToken[] = [
  {
    name: 'ID token of the SPA, with nonce and profile',
    header: HEADER,
    claims: {
      ...BARE_ID_CLAIMS,
      aud: SPA,
      given_name: 'Robin',
      family_name: 'Example',
      nickname: 'robin',
      name: 'Robin Example',
      picture: 'https://cdn.harbour-shop.example/avatars/re.png',
      updated_at: '2026-09-21T13:33:20.000Z',
      email: 'robin@example.com',
      email_verified: true,
      nonce: 'Y1hQb0tHc3ZMd2VyVHp1SWpOcWE',
    },
  },
  {
    name: 'ID token whose aud is what the API expects, with openid only and no nonce',
    header: HEADER,
    claims: { ...BARE_ID_CLAIMS, aud: AUDIENCE },
  },
  {
    name: 'ID token whose aud is what the API expects, with a role that an Action added',
    header: HEADER,
    claims: {
      ...BARE_ID_CLAIMS,
      aud: AUDIENCE,
      'https://harbour-shop.example/roles': ['admin'],
      permissions: ['read:orders', 'delete:orders'],
      org_id: 'org_7kRx2TsWb9YdF6hJ',
    },
  },
  {
    name: 'ID token of a hybrid flow, whose aud is what the API expects',
    header: HEADER,
    claims: {
      ...BARE_ID_CLAIMS,
      aud: AUDIENCE,
      at_hash: 'vLq8sXw2YbT5nR7kM1cPzA',
      c_hash: 'fJ3hG6dS9aQ2wE5rT8yU1i',
      nonce: 'b3BlbiB0aGUgZG9vcg',
    },
  },
]

const OTHERS: readonly GoldenToken[] = [
  {
    name: 'access token for /userinfo only',
    header: HEADER,
    claims: { iss: ISSUER, sub: USER, aud: USERINFO, azp: SPA, scope: 'openid profile email', ...TIMES },
  },
  {
    name: 'Management API v2 token',
    header: HEADER,
    claims: {
      iss: ISSUER,
      sub: `${MACHINE}@clients`,
      aud: `${ISSUER}api/v2/`,
      azp: MACHINE,
      gty: 'client-credentials',
      scope: 'read:users update:users',
      ...TIMES,
    },
  },
  {
    name: 'back-channel logout token',
    header: { alg: 'RS256', typ: 'logout+jwt' },
    claims: {
      iss: ISSUER,
      sub: USER,
      aud: SPA,
      ...TIMES,
      jti: 'c0f4e0e2-5a0f-4a3c-9a55-0f2a3d5b7c11',
      sid: BARE_ID_CLAIMS.sid,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    },
  },
]

const SOURCES = [
  'https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles',
  'https://auth0.com/docs/secure/tokens/id-tokens/id-token-structure',
  'https://auth0.com/docs/manage-users/organizations/using-tokens',
]

/** Auth0, its own token profile (dialects `access_token` and `access_token_authz`). */
export const AUTH0_DEFAULT: GoldenIssuer = {
  name: 'Auth0, default profile',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: SPA,
  accessTokens: [
    {
      name: 'user, with /userinfo beside the API in aud',
      header: HEADER,
      claims: {
        iss: ISSUER,
        sub: USER,
        aud: [AUDIENCE, USERINFO],
        ...TIMES,
        scope: 'openid profile email read:orders',
        azp: SPA,
      },
      expected: {
        subject: USER,
        clientId: SPA,
        scopes: ['openid', 'profile', 'email', 'read:orders'],
        permissions: [],
      },
    },
    {
      name: 'user of an organization, with permissions',
      header: HEADER,
      claims: {
        iss: ISSUER,
        sub: USER,
        aud: AUDIENCE,
        ...TIMES,
        scope: 'read:orders',
        azp: SPA,
        org_id: 'org_7kRx2TsWb9YdF6hJ',
        permissions: ['read:orders', 'write:orders'],
      },
      expected: {
        subject: USER,
        clientId: SPA,
        scopes: ['read:orders'],
        permissions: ['read:orders', 'write:orders'],
      },
    },
    {
      name: 'user, by password grant',
      header: HEADER,
      claims: {
        iss: ISSUER,
        sub: USER,
        aud: AUDIENCE,
        ...TIMES,
        scope: 'read:orders',
        gty: 'password',
        azp: SPA,
      },
      expected: { subject: USER, clientId: SPA, scopes: ['read:orders'] },
    },
    {
      name: 'machine',
      header: HEADER,
      claims: {
        iss: ISSUER,
        sub: `${MACHINE}@clients`,
        aud: AUDIENCE,
        ...TIMES,
        scope: 'read:orders write:orders',
        gty: 'client-credentials',
        azp: MACHINE,
      },
      expected: {
        subject: `${MACHINE}@clients`,
        clientId: MACHINE,
        principal: 'client',
        scopes: ['read:orders', 'write:orders'],
      },
    },
    {
      name: 'machine without scope, with permissions',
      header: HEADER,
      claims: {
        iss: ISSUER,
        sub: `${MACHINE}@clients`,
        aud: AUDIENCE,
        ...TIMES,
        gty: 'client-credentials',
        azp: MACHINE,
        permissions: [],
      },
      expected: {
        subject: `${MACHINE}@clients`,
        clientId: MACHINE,
        principal: 'client',
        scopes: [],
        permissions: [],
      },
    },
  ],
  idTokens: ID_TOKENS,
  others: OTHERS,
  sources: SOURCES,
}

/** Auth0 with RFC 9068 tokens (dialects `rfc9068_profile` and `rfc9068_profile_authz`); ID tokens are the same. */
export const AUTH0_RFC9068: GoldenIssuer = {
  name: 'Auth0, RFC 9068 profile',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: SPA,
  accessTokens: [
    {
      name: 'user',
      header: { alg: 'RS256', typ: 'at+jwt' },
      claims: {
        iss: ISSUER,
        sub: USER,
        aud: [AUDIENCE, USERINFO],
        ...TIMES,
        scope: 'openid profile read:orders',
        jti: 'T6yWqZ1nXv4LkR8sBc2MdP',
        client_id: SPA,
        permissions: ['read:orders'],
      },
      expected: {
        subject: USER,
        clientId: SPA,
        scopes: ['openid', 'profile', 'read:orders'],
        permissions: ['read:orders'],
      },
    },
    {
      name: 'machine',
      header: { alg: 'RS256', typ: 'at+jwt' },
      claims: {
        iss: ISSUER,
        sub: `${MACHINE}@clients`,
        aud: AUDIENCE,
        ...TIMES,
        scope: 'read:orders',
        jti: 'H2jKs9LdFg5PoIu3YtRe7W',
        client_id: MACHINE,
      },
      expected: {
        subject: `${MACHINE}@clients`,
        clientId: MACHINE,
        principal: 'client',
        scopes: ['read:orders'],
      },
    },
  ],
  idTokens: [
    ...ID_TOKENS,
    {
      name: 'ID token that names when the user signed in, because max_age was asked for',
      header: HEADER,
      claims: { ...BARE_ID_CLAIMS, aud: SPA, auth_time: SIGNED_IN_AT, amr: ['mfa'] },
    },
  ],
  others: OTHERS,
  sources: SOURCES,
}
