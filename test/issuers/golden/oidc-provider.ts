import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ISSUER = 'https://op.harbour-shop.example'
const AUDIENCE = 'https://api.harbour-shop.example'
const WEB = 'shop-web'
const MACHINE = 'nightly-export'
const USER = '4qQ8nT2vXzLm'
const ACCESS_HEADER = { alg: 'RS256', typ: 'at+jwt' }
const ID_HEADER = { alg: 'RS256' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }

const ID = { sub: USER, sid: 'Yb7Kq3VxNm8Lr5TzWw0Hc', auth_time: SIGNED_IN_AT, ...TIMES, iss: ISSUER }

/** node-oidc-provider, with a resource server whose tokens are JWTs. */
export const OIDC_PROVIDER: GoldenIssuer = {
  name: 'node-oidc-provider',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: WEB,
  accessTokens: [
    {
      name: 'user',
      header: ACCESS_HEADER,
      claims: {
        jti: 'pL5oKi8mNj3bHu6vGy1cF',
        sub: USER,
        ...TIMES,
        scope: 'orders:read',
        client_id: WEB,
        iss: ISSUER,
        aud: AUDIENCE,
      },
      expected: { subject: USER, clientId: WEB, scopes: ['orders:read'] },
    },
    {
      name: 'user, with extra claims that describe a person, without scope',
      header: ACCESS_HEADER,
      claims: {
        email: 'robin@example.com',
        jti: 'tX4rDz7eSw2aQp9oLk6iM',
        sub: USER,
        ...TIMES,
        client_id: WEB,
        iss: ISSUER,
        aud: AUDIENCE,
      },
      expected: { subject: USER, clientId: WEB, principal: 'user', scopes: [] },
    },
    {
      name: 'machine',
      header: ACCESS_HEADER,
      claims: {
        jti: 'uJ8nHb5gVt3fRc6dEx9sW',
        sub: MACHINE,
        ...TIMES,
        scope: 'orders:read',
        client_id: MACHINE,
        iss: ISSUER,
        aud: AUDIENCE,
      },
      expected: { subject: MACHINE, clientId: MACHINE, principal: 'client', scopes: ['orders:read'] },
    },
  ],
  idTokens: [
    {
      name: 'ID token, with nonce and at_hash',
      header: ID_HEADER,
      claims: { ...ID, nonce: 'qAzWsXeDc', at_hash: 'rFvTgBy4HnUjMiKoLp0qAz', aud: WEB },
    },
    {
      name: 'ID token whose aud is what the API expects, without nonce',
      header: ID_HEADER,
      claims: { ...ID, at_hash: 'wSxEdC5rFvTgByHnUjMiKo', aud: AUDIENCE },
    },
    {
      name: 'ID token of a hybrid flow, with s_hash',
      header: ID_HEADER,
      claims: {
        ...ID,
        nonce: 'lPqAzWsX',
        c_hash: 'eDcRfVt6GbYhNuJmIkOlPq',
        s_hash: 'aZwSxEd7CrFvTgByHnUjMi',
        aud: AUDIENCE,
      },
    },
  ],
  others: [
    {
      name: 'back-channel logout token',
      header: { alg: 'RS256', typ: 'logout+jwt' },
      claims: {
        sub: USER,
        sid: ID.sid,
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        jti: 'kOlPqAzWsXeD8cRfVtGbY',
        aud: AUDIENCE,
        ...TIMES,
        iss: ISSUER,
      },
    },
    {
      name: 'introspection answer as a JWT',
      header: { alg: 'RS256', typ: 'token-introspection+jwt' },
      claims: {
        token_introspection: { active: true, sub: USER, client_id: WEB, scope: 'orders:read' },
        aud: AUDIENCE,
        ...TIMES,
        iss: ISSUER,
      },
    },
    {
      name: 'user information as a JWT',
      header: ID_HEADER,
      claims: {
        sub: USER,
        name: 'Robin Example',
        email: 'robin@example.com',
        aud: WEB,
        ...TIMES,
        iss: ISSUER,
      },
    },
  ],
  sources: ['github:panva/node-oidc-provider lib/models/formats/jwt.js'],
}
