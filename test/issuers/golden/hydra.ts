import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ISSUER = 'https://hydra.harbour-shop.example/'
const AUDIENCE = 'https://api.harbour-shop.example'
const WEB = 'b5d7f9a1-3c4e-4d6f-8a0b-2c4e6d8f0a1b'
const MACHINE = 'd8f0a2c4-6e7b-4f9d-b1a3-5c7e9f1b3d5a'
const USER = '1f3b5d7a-9c0e-4a2f-8b4d-6e8c0a2f4b6d'
const HEADER = { alg: 'RS256', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, nbf: ISSUED_AT, exp: EXPIRES_AT }

const ACCESS = {
  aud: [AUDIENCE],
  client_id: WEB,
  ext: {},
  iss: ISSUER,
  jti: '7a9c1e3b-5d6f-4b8a-9c0e-1d3f5b7a9c0e',
  ...TIMES,
  sub: USER,
}

const ID = {
  acr: '1',
  amr: ['pwd'],
  at_hash: 'hJkLzXcVbN3mQwErTyUiOp',
  aud: [WEB],
  auth_time: SIGNED_IN_AT,
  iat: ISSUED_AT,
  exp: EXPIRES_AT,
  iss: ISSUER,
  jti: '0e2d4f6b-8a9c-4e1d-b3f5-7a9c1e3d5f6b',
  rat: SIGNED_IN_AT,
  sid: '6d8f0b2a-4c5e-4d7f-8a9b-1c3e5d7f9a0b',
  sub: USER,
}

/** ORY Hydra with `strategies.access_token: jwt`; scopes are a list in `scp` unless it is told otherwise. */
export const HYDRA: GoldenIssuer = {
  name: 'ORY Hydra',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: WEB,
  accessTokens: [
    {
      name: 'user, scp as a list (default)',
      header: HEADER,
      claims: { ...ACCESS, scp: ['openid', 'orders.read'] },
      expected: { subject: USER, clientId: WEB, scopes: ['openid', 'orders.read'] },
    },
    {
      name: 'user, scope as a string',
      header: HEADER,
      claims: { ...ACCESS, scope: 'openid orders.read' },
      expected: { subject: USER, clientId: WEB, scopes: ['openid', 'orders.read'] },
    },
    {
      name: 'user, both, with claims of the consent app in ext',
      header: HEADER,
      claims: {
        ...ACCESS,
        ext: { email: 'robin@example.com', roles: ['clerk'] },
        scp: ['openid', 'orders.read'],
        scope: 'openid orders.read',
      },
      expected: { subject: USER, clientId: WEB, scopes: ['openid', 'orders.read'], roles: [] },
    },
    {
      name: 'machine',
      header: HEADER,
      claims: { ...ACCESS, client_id: MACHINE, sub: MACHINE, scp: ['orders.read'] },
      expected: { subject: MACHINE, clientId: MACHINE, principal: 'client', scopes: ['orders.read'] },
    },
    {
      name: 'machine without a scope',
      header: HEADER,
      claims: { ...ACCESS, client_id: MACHINE, sub: MACHINE, scp: [] },
      expected: { subject: MACHINE, clientId: MACHINE, principal: 'client', scopes: [] },
    },
  ],
  idTokens: [
    {
      name: 'ID token, with nonce',
      header: HEADER,
      claims: { ...ID, nonce: 'zXcVbNmQwErTyUiOp' },
    },
    {
      name: 'ID token whose aud is what the API expects, without nonce',
      header: HEADER,
      claims: { ...ID, aud: [AUDIENCE] },
    },
  ],
  others: [
    {
      name: 'access token for which no audience was asked: aud is empty',
      header: HEADER,
      claims: { ...ACCESS, aud: [], scp: ['openid', 'orders.read'] },
    },
    {
      name: 'back-channel logout token: header JWT',
      header: HEADER,
      claims: {
        iss: ISSUER,
        aud: [AUDIENCE],
        iat: ISSUED_AT,
        exp: EXPIRES_AT,
        jti: '3b5d7f9c-0e1a-4c3b-8d5f-7a9e1c3b5d6f',
        sid: ID.sid,
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      },
    },
  ],
  sources: [
    'github:ory/fosite token/jwt/claims_jwt.go',
    'https://github.com/ory/hydra/blob/master/docs/docs/advanced.md',
    'https://github.com/ory/hydra/discussions/3430',
  ],
}
