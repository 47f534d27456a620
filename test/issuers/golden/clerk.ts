import { EXPIRES_AT, type GoldenIssuer, type GoldenToken, ISSUED_AT } from './types.ts'

const ISSUER = 'https://clerk.harbour-shop.example'
const ORIGIN = 'https://harbour-shop.example'
const USER = 'user_3F7xQ2VbN8mLr4TzYw9HcJ0PeUf'
const SESSION = 'sess_3F7xT5kRc1KqW3xVz6LpD0hSj2C'
const ORGANIZATION = 'org_3F7xYb8NfKqW3xVz6LpD0hSj2Cg'
const MACHINE = 'mch_3F7y0gEa94mT5rB8yNf1KqW3xVz'
const OAUTH_CLIENT = 'qPz7RxT2sWb9YdF6'
const SESSION_HEADER = { alg: 'RS256', cat: 'cl_B7d4PD111AAA', typ: 'JWT' }
const MACHINE_HEADER = { alg: 'RS256', cat: 'cl_B7d4PD333AAA', typ: 'JWT' }
const OAUTH_HEADER = { alg: 'RS256', typ: 'at+jwt' }
const TIMES = { iat: ISSUED_AT, nbf: ISSUED_AT - 10, exp: EXPIRES_AT }

const SESSION_CLAIMS = {
  azp: ORIGIN,
  ...TIMES,
  fva: [7, -1],
  iss: ISSUER,
  jti: '5b7d9f1a3c4e6b8d0f2a',
  sid: SESSION,
  sts: 'active',
  sub: USER,
  v: 2,
}

const MACHINE_CLAIMS = {
  ...TIMES,
  iss: ISSUER,
  jti: 'mt_3F7yKq3VxNb7mLr8TzYw5HcJ0Pe',
  sub: MACHINE,
}

const OAUTH_CLAIMS = {
  client_id: OAUTH_CLIENT,
  ...TIMES,
  iss: ISSUER,
  jti: 'oat_3F7yVxNb7mLr8TzYw5HcJ0PeUfG',
  scope: 'openid profile email',
  sub: USER,
}

const ID_TOKENS: readonly GoldenToken[] = [
  {
    name: 'ID token of an OAuth application, with nonce and at_hash',
    header: { alg: 'RS256', typ: 'JWT' },
    claims: {
      iss: ISSUER,
      sub: USER,
      aud: OAUTH_CLIENT,
      iat: ISSUED_AT,
      exp: EXPIRES_AT,
      nonce: 'pOiUyTrE',
      at_hash: 'wQmNbVcXz5LkJhGfDsApOi',
      name: 'Robin Example',
      email: 'robin@example.com',
      email_verified: true,
    },
  },
  {
    name: 'ID token whose azp is what the API expects, without nonce and at_hash',
    header: { alg: 'RS256', typ: 'JWT' },
    claims: {
      iss: ISSUER,
      sub: USER,
      aud: OAUTH_CLIENT,
      azp: ORIGIN,
      iat: ISSUED_AT,
      exp: EXPIRES_AT,
      sid: SESSION,
    },
  },
]

const SOURCES = [
  'https://clerk.com/docs/guides/sessions/session-tokens',
  'https://clerk.com/docs/authentication/configuration/session-tasks',
  'https://clerk.com/changelog/2026-02-24-m2m-jwt-tokens',
  'github:clerk/javascript packages/backend/src/tokens/machine.ts',
  'https://github.com/clerk/javascript/pull/8697 (claims of M2M tokens)',
]

/** Clerk, what a browser sends: the session token. It has no `aud`; `azp` is the origin of the frontend. */
export const CLERK_SESSION: GoldenIssuer = {
  name: 'Clerk, session tokens',
  issuer: ISSUER,
  audience: '',
  clientId: '',
  needsPreset: 'session tokens have no aud (azp, an origin, stands in for it), no scope and no client',
  accessTokens: [
    {
      name: 'user, version 2',
      header: SESSION_HEADER,
      claims: SESSION_CLAIMS,
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
    {
      // o.per and o.fpm encode the permissions org:orders:read, org:orders:manage and org:invoices:read.
      name: 'user, version 2, in an organization, with encoded permissions',
      header: SESSION_HEADER,
      claims: {
        ...SESSION_CLAIMS,
        fea: 'o:orders,o:invoices',
        o: { id: ORGANIZATION, slg: 'harbour', rol: 'admin', per: 'manage,read', fpm: '3,2' },
        pla: 'o:pro',
      },
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
    {
      name: 'user, version 1, in an organization',
      header: SESSION_HEADER,
      claims: {
        azp: ORIGIN,
        ...TIMES,
        iss: ISSUER,
        org_id: ORGANIZATION,
        org_slug: 'harbour',
        org_role: 'org:admin',
        org_permissions: ['org:orders:read', 'org:orders:manage'],
        sid: SESSION,
        sub: USER,
      },
      expected: {
        subject: USER,
        principal: 'user',
        scopes: [],
        permissions: ['org:orders:read', 'org:orders:manage'],
        roles: ['org:admin'],
      },
    },
    {
      name: "user, impersonated by one of the application's own people",
      header: SESSION_HEADER,
      claims: {
        ...SESSION_CLAIMS,
        act: {
          iss: 'https://dashboard.clerk.com',
          sid: 'sess_3F7xZ9aS4dFg7hJkLzX0cVbNmQw',
          sub: 'user_3F7xStaff',
        },
      },
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
  ],
  idTokens: ID_TOKENS,
  others: [
    {
      name: 'session token of another origin',
      header: SESSION_HEADER,
      claims: { ...SESSION_CLAIMS, azp: 'https://evil.example' },
    },
    {
      // Clerk's own libraries take such a user for signed out, unless told otherwise.
      name: 'session token of a session that waits for a task (sts pending)',
      header: SESSION_HEADER,
      claims: { ...SESSION_CLAIMS, sts: 'pending' },
    },
    { name: 'M2M token', header: MACHINE_HEADER, claims: MACHINE_CLAIMS },
    { name: 'OAuth access token', header: OAUTH_HEADER, claims: OAUTH_CLAIMS },
    {
      name: 'token of a JWT template',
      header: { alg: 'RS256', cat: 'cl_B7d4PD222AAA', typ: 'JWT' },
      claims: { azp: ORIGIN, ...TIMES, iss: ISSUER, jti: '0a1c3e5b7d9f', sub: USER, aud: 'orders' },
    },
  ],
  sources: SOURCES,
}

/** Clerk between machines. A JWT has no `aud` unless its maker adds one as a claim of his own. */
export const CLERK_M2M: GoldenIssuer = {
  name: 'Clerk, M2M tokens',
  issuer: ISSUER,
  audience: '',
  clientId: MACHINE,
  needsPreset: 'M2M tokens have neither aud nor client nor scope: `cat` and the subject (mch_) are the marks',
  accessTokens: [
    {
      name: 'machine',
      header: MACHINE_HEADER,
      claims: MACHINE_CLAIMS,
      expected: { subject: MACHINE, principal: 'client' },
    },
    {
      name: 'machine, with the machines that it may call in scopes and aud, and a claim of its own',
      header: MACHINE_HEADER,
      claims: {
        ...MACHINE_CLAIMS,
        aud: ['mch_3F7yOrdersApiL5pD0hSj2CgEa9'],
        scopes: 'mch_3F7yOrdersApiL5pD0hSj2CgEa9',
        stage: 'production',
      },
      expected: { subject: MACHINE, principal: 'client' },
    },
  ],
  idTokens: ID_TOKENS,
  others: [{ name: 'session token', header: SESSION_HEADER, claims: SESSION_CLAIMS }],
  sources: SOURCES,
}

/** Clerk as an OAuth authorization server, access tokens as JWTs. */
export const CLERK_OAUTH: GoldenIssuer = {
  name: 'Clerk, OAuth access tokens',
  issuer: ISSUER,
  audience: '',
  clientId: OAUTH_CLIENT,
  needsPreset: 'no aud unless the client asks for a resource',
  accessTokens: [
    {
      name: 'user',
      header: OAUTH_HEADER,
      claims: OAUTH_CLAIMS,
      expected: { subject: USER, clientId: OAUTH_CLIENT, scopes: ['openid', 'profile', 'email'] },
    },
  ],
  idTokens: ID_TOKENS,
  others: [{ name: 'M2M token', header: MACHINE_HEADER, claims: MACHINE_CLAIMS }],
  sources: SOURCES,
}
