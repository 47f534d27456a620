import { EXPIRES_AT, type GoldenIssuer, type GoldenToken, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ENVIRONMENT = '6b8d0f2a-4c5e-4a7b-9d1f-3e5a7c9b1d3f'
const ISSUER = `https://auth.pingone.eu/${ENVIRONMENT}/as`
const AUDIENCE = 'https://api.harbour-shop.example'
const WEB = '0d2f4a6b-8c9e-4d1f-a3b5-7c9e1d3f5a7b'
const MACHINE = 'e4a6c8b0-1d3f-4e5a-8b7c-9d0f2a4c6e8b'
const USER = '8c0e2b4d-6f7a-4c9e-b1d3-5a7f9c0e2b4d'
const ORGANIZATION = 'a2c4e6b8-0d1f-4a3c-9e5b-7d9f0a2c4e6b'
const UNTYPED = { alg: 'RS256' }
const TYPED = { alg: 'RS256', typ: 'at+jwt' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }

const USER_CLAIMS = {
  client_id: WEB,
  iss: ISSUER,
  jti: '2b4d6f8a-0c1e-4b3d-8f5a-7c9e0b2d4f6a',
  ...TIMES,
  aud: [AUDIENCE],
  scope: 'openid orders:read',
  sub: USER,
  auth_time: SIGNED_IN_AT,
  acr: 'Single_Factor',
  sid: '5f7a9c1e-3b4d-4f6a-8c0e-2d4b6f8a0c1e',
  env: ENVIRONMENT,
  org: ORGANIZATION,
}

const MACHINE_CLAIMS = {
  client_id: MACHINE,
  iss: ISSUER,
  jti: '9d1f3a5c-7e8b-4d0f-a2c4-6e8b0d2f4a5c',
  ...TIMES,
  aud: [AUDIENCE],
  scope: 'orders:read',
  env: ENVIRONMENT,
  org: ORGANIZATION,
}

const tokens = (header: GoldenToken['header']): readonly GoldenToken[] => [
  {
    name: 'user',
    header,
    claims: USER_CLAIMS,
    expected: { subject: USER, clientId: WEB, principal: 'user', scopes: ['openid', 'orders:read'] },
  },
  {
    name: 'machine, without sub',
    header,
    claims: MACHINE_CLAIMS,
    expected: { clientId: MACHINE, scopes: ['orders:read'] },
  },
]

const ID_TOKENS: readonly GoldenToken[] = [
  {
    name: 'ID token, with nonce and at_hash',
    header: UNTYPED,
    claims: {
      iss: ISSUER,
      sub: USER,
      aud: WEB,
      ...TIMES,
      acr: 'Single_Factor',
      amr: ['pwd'],
      auth_time: SIGNED_IN_AT,
      at_hash: 'mNbVcXzAsDfGhJkLpOiUyT',
      nonce: 'rEwQ7aSdF',
      sid: USER_CLAIMS.sid,
      preferred_username: 'robin',
      given_name: 'Robin',
      family_name: 'Example',
      email: 'robin@example.com',
      env: ENVIRONMENT,
      org: ORGANIZATION,
    },
  },
  {
    name: 'ID token whose aud is what the API expects, without nonce and at_hash',
    header: UNTYPED,
    claims: {
      iss: ISSUER,
      sub: USER,
      aud: AUDIENCE,
      ...TIMES,
      acr: 'Single_Factor',
      amr: ['pwd'],
      auth_time: SIGNED_IN_AT,
      sid: USER_CLAIMS.sid,
    },
  },
]

const OTHERS: readonly GoldenToken[] = [
  {
    name: "access token for PingOne's own API",
    header: UNTYPED,
    claims: { ...MACHINE_CLAIMS, aud: ['https://api.pingone.eu'] },
  },
]

const SOURCES = [
  'https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/access-tokens-and-id-tokens/token-claims.html',
]

/** PingOne, as long as access tokens need not say what they are (until 2 March 2027). */
export const PING_UNTYPED: GoldenIssuer = {
  name: 'PingOne, without typ',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: WEB,
  accessTokens: tokens(UNTYPED),
  idTokens: ID_TOKENS,
  others: OTHERS,
  sources: SOURCES,
}

/** PingOne with `typ: at+jwt`: by choice, and always from 2 March 2027. */
export const PING_TYPED: GoldenIssuer = {
  name: 'PingOne, with at+jwt',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: WEB,
  accessTokens: tokens(TYPED),
  idTokens: ID_TOKENS,
  others: OTHERS,
  sources: SOURCES,
}
