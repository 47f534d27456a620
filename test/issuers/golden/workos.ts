import { EXPIRES_AT, type GoldenIssuer, type GoldenToken, ISSUED_AT } from './types.ts'

const ENVIRONMENT_CLIENT = 'client_01K7QX2VBN8MLR4TZYW9HCJ0PE'
const SESSION_ISSUER = 'https://api.workos.com'
const CLIENT_ISSUER = `https://api.workos.com/user_management/${ENVIRONMENT_CLIENT}`
const CONNECT_ISSUER = 'https://harbour-shop-42.authkit.app'
const RESOURCE = 'https://mcp.harbour-shop.example'
const APPLICATION = 'client_01K7QX9DF6HJM3PGA0EN4V8CQZ'
const MACHINE = 'client_01K7QXB5NR7KM1CPZAVLQ8SXW2'
const USER = 'user_01K7QX5YBT0NR7KM1CPZAVLQ8S'
const ORGANIZATION = 'org_01K7QX7GDS9AQ2WE5RT8YUI1FJ'
// WorkOS writes no `typ`.
const HEADER = { alg: 'RS256' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }

const session = (iss: string) => ({
  iss,
  sub: USER,
  org_id: ORGANIZATION,
  role: 'member',
  roles: ['member'],
  permissions: ['orders:read', 'orders:write'],
  entitlements: ['audit-logs'],
  sid: 'session_01K7QXF3SZ6LPD0HSJ2CGEA94M',
  jti: '01K7QXH8NFKQW3XVZ6LPD0HSJ2',
  ...TIMES,
})

const sessions = (iss: string): readonly GoldenToken[] => [
  {
    name: 'user in an organization',
    header: HEADER,
    claims: session(iss),
    expected: {
      subject: USER,
      principal: 'user',
      scopes: [],
      permissions: ['orders:read', 'orders:write'],
      roles: ['member'],
    },
  },
  {
    name: 'user without an organization',
    header: HEADER,
    claims: {
      iss,
      sub: USER,
      sid: 'session_01K7QXF3SZ6LPD0HSJ2CGEA94M',
      jti: '01K7QXJ1NFKQW3XVZ6LPD0HSJ3',
      ...TIMES,
    },
    expected: { subject: USER, principal: 'user', scopes: [], permissions: [], roles: [] },
  },
  {
    name: 'user, impersonated',
    header: HEADER,
    claims: { ...session(iss), act: { sub: 'admin@harbour-shop.example' } },
    expected: { subject: USER, principal: 'user', scopes: [], roles: ['member'] },
  },
]

const user = (aud: string) => ({
  iss: CONNECT_ISSUER,
  aud,
  sub: USER,
  client_id: APPLICATION,
  org_id: ORGANIZATION,
  sid: 'app_consent_01K7QXM6TYUIOPASDFGHJKLZXC',
  scope: 'openid profile orders:read',
  jti: '01K7QXN4VBNMQWERTYUIOPASDF',
  ...TIMES,
})

const M2M = {
  iss: CONNECT_ISSUER,
  aud: ENVIRONMENT_CLIENT,
  sub: MACHINE,
  client_id: MACHINE,
  org_id: ORGANIZATION,
  scope: 'orders:read',
  jti: '01K7QXP9GHJKLZXCVBNMQWERTY',
  ...TIMES,
}

const idToken = (aud: string) => ({
  iss: CONNECT_ISSUER,
  aud,
  sub: USER,
  given_name: 'Robin',
  family_name: 'Example',
  name: 'Robin Example',
  email: 'robin@example.com',
  email_verified: true,
  org_id: ORGANIZATION,
  ...TIMES,
})

const connectIdTokens = (audience: string): readonly GoldenToken[] => [
  {
    name: 'ID token of an OAuth application, with nonce',
    header: HEADER,
    claims: { ...idToken(APPLICATION), nonce: '7hJkLzXcVb' },
  },
  {
    name: 'ID token whose aud is what the API expects, without nonce',
    header: HEADER,
    claims: idToken(audience),
  },
]

const SOURCES = [
  'https://workos.com/docs/authkit/connect/token-claims',
  'https://workos.com/docs/reference/authkit/session-tokens',
  'https://workos.com/docs/reference/workos-connect/token',
]

// AuthKit gives an application its user's profile beside the token, so that there is no ID token under the sessions' issuer.
const SESSION_OTHERS: readonly GoldenToken[] = [
  { name: 'M2M token of Connect', header: HEADER, claims: M2M },
  { name: 'user token of Connect', header: HEADER, claims: user(RESOURCE) },
]

/** WorkOS AuthKit, session tokens. */
export const WORKOS_SESSION: GoldenIssuer = {
  name: 'WorkOS, session tokens',
  issuer: SESSION_ISSUER,
  audience: '',
  clientId: ENVIRONMENT_CLIENT,
  needsPreset:
    'session tokens have neither aud nor client nor scope: the key set, which is one client’s, says whose they are',
  accessTokens: sessions(SESSION_ISSUER),
  idTokens: [],
  others: SESSION_OTHERS,
  sources: SOURCES,
}

/** WorkOS AuthKit, session tokens under the issuer that names the client. */
export const WORKOS_SESSION_CLIENT_ISSUER: GoldenIssuer = {
  name: 'WorkOS, session tokens, issuer by client',
  issuer: CLIENT_ISSUER,
  audience: '',
  clientId: ENVIRONMENT_CLIENT,
  needsPreset:
    'session tokens have neither aud nor client nor scope: the key set, which is one client’s, says whose they are',
  accessTokens: sessions(CLIENT_ISSUER),
  idTokens: [],
  others: SESSION_OTHERS,
  sources: SOURCES,
}

/** WorkOS Connect, where the client asked for a resource (MCP). */
export const WORKOS_CONNECT: GoldenIssuer = {
  name: 'WorkOS Connect, resource',
  issuer: CONNECT_ISSUER,
  audience: RESOURCE,
  clientId: APPLICATION,
  accessTokens: [
    {
      name: 'user',
      header: HEADER,
      claims: user(RESOURCE),
      expected: {
        subject: USER,
        clientId: APPLICATION,
        principal: 'user',
        scopes: ['openid', 'profile', 'orders:read'],
      },
    },
  ],
  idTokens: connectIdTokens(RESOURCE),
  others: [{ name: 'M2M token, for the environment', header: HEADER, claims: M2M }],
  sources: SOURCES,
}

/** WorkOS Connect without a resource, and between machines: `aud` is the environment's client id. */
export const WORKOS_CONNECT_ENVIRONMENT: GoldenIssuer = {
  name: 'WorkOS Connect, environment',
  issuer: CONNECT_ISSUER,
  audience: ENVIRONMENT_CLIENT,
  clientId: APPLICATION,
  accessTokens: [
    {
      name: 'user',
      header: HEADER,
      claims: user(ENVIRONMENT_CLIENT),
      expected: {
        subject: USER,
        clientId: APPLICATION,
        principal: 'user',
        scopes: ['openid', 'profile', 'orders:read'],
      },
    },
    {
      name: 'machine',
      header: HEADER,
      claims: M2M,
      expected: { subject: MACHINE, clientId: MACHINE, principal: 'client', scopes: ['orders:read'] },
    },
  ],
  idTokens: connectIdTokens(ENVIRONMENT_CLIENT),
  others: [{ name: 'user token for a resource', header: HEADER, claims: user(RESOURCE) }],
  sources: SOURCES,
}
