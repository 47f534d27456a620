import { EXPIRES_AT, type GoldenIssuer, type GoldenToken, ISSUED_AT } from './types.ts'

const ISSUER = 'https://x7q2vb.logto.app/oidc'
const AUDIENCE = 'https://api.harbour-shop.example'
const ORGANIZATION = 'urn:logto:organization:5c7e9b1d3f0a'
const WEB = 'm4qX8nT2vbLzKr5w7yHc1'
const MACHINE = 'z9kJ3hG6fDsA0pOiUyTr2'
const USER = 'r6tY1uI4oPaS'
const ACCESS_HEADER = { alg: 'ES384', typ: 'at+jwt' }
const ID_HEADER = { alg: 'ES384' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }

const access = (aud: string, scope: string) => ({
  jti: 'dF7gHj2KlZxC5vBnMqWeR',
  sub: USER,
  ...TIMES,
  scope,
  client_id: WEB,
  iss: ISSUER,
  aud,
})

const ID = {
  sub: USER,
  name: 'Robin Example',
  picture: null,
  updated_at: 1_789_900_000_000,
  username: 'robin',
  organizations: ['5c7e9b1d3f0a'],
  organization_roles: ['5c7e9b1d3f0a:admin'],
  at_hash: 'tYuIoPaSdFgHjKlZxCvBnMqWeRtYuIoP',
  ...TIMES,
  iss: ISSUER,
}

const idTokens = (audience: string): readonly GoldenToken[] => [
  { name: 'ID token, with nonce', header: ID_HEADER, claims: { ...ID, nonce: 'wErTyUi', aud: WEB } },
  {
    name: 'ID token whose aud is what the API expects, without nonce',
    header: ID_HEADER,
    claims: { ...ID, aud: audience },
  },
]

const OTHERS: readonly GoldenToken[] = [
  {
    name: "access token for Logto's own Management API",
    header: ACCESS_HEADER,
    claims: {
      ...access('https://x7q2vb.logto.app/api', 'all'),
      sub: MACHINE,
      client_id: MACHINE,
    },
  },
  {
    name: 'access token for another organization',
    header: ACCESS_HEADER,
    claims: access('urn:logto:organization:0a1b2c3d4e5f', 'read:orders'),
  },
]

const SOURCES = [
  'https://docs.logto.io/authorization/organization-template/protect-organization-resources',
  'github:panva/node-oidc-provider lib/models/formats/jwt.js (which Logto is built on)',
]

/** Logto, an API resource. */
export const LOGTO: GoldenIssuer = {
  name: 'Logto',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: WEB,
  accessTokens: [
    {
      name: 'user',
      header: ACCESS_HEADER,
      claims: access(AUDIENCE, 'read:orders write:orders'),
      expected: { subject: USER, clientId: WEB, scopes: ['read:orders', 'write:orders'] },
    },
    {
      name: 'user in an organization',
      header: ACCESS_HEADER,
      claims: { organization_id: '5c7e9b1d3f0a', ...access(AUDIENCE, 'read:orders') },
      expected: { subject: USER, clientId: WEB, scopes: ['read:orders'] },
    },
    {
      name: 'machine',
      header: ACCESS_HEADER,
      claims: { ...access(AUDIENCE, 'read:orders'), sub: MACHINE, client_id: MACHINE },
      expected: { subject: MACHINE, clientId: MACHINE, principal: 'client', scopes: ['read:orders'] },
    },
  ],
  idTokens: idTokens(AUDIENCE),
  others: OTHERS,
  sources: SOURCES,
}

/** Logto, a token for an organization instead of an API: `aud` is the organization's URN. */
export const LOGTO_ORGANIZATION: GoldenIssuer = {
  name: 'Logto, organization token',
  issuer: ISSUER,
  audience: ORGANIZATION,
  clientId: WEB,
  accessTokens: [
    {
      name: 'user',
      header: ACCESS_HEADER,
      claims: access(ORGANIZATION, 'manage:members'),
      expected: { subject: USER, clientId: WEB, scopes: ['manage:members'] },
    },
  ],
  idTokens: idTokens(ORGANIZATION),
  others: OTHERS,
  sources: SOURCES,
}
