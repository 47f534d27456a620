import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ISSUER = 'https://login.harbour-shop.example/oauth/v2/oauth-anonymous'
const AUDIENCE = 'https://api.harbour-shop.example'
const WEB = 'shop-web'
const MACHINE = 'nightly-export'
const USER = 'f4a6c8e0b1d3f5a7c9e1b3d5f7a9c0e2b4d6f8a0c1e3b5d7f9a1c3e5b7d9f0a2'
const DELEGATION = '3f5a7c9e-0b1d-4f3a-8c5e-7d9b1f3a5c6e'
// No `typ`; the certificate's thumbprint instead.
const HEADER = { alg: 'RS256', x5t: 'bV7nQ3xKr8LmTzYw5HcJ0PeUfGa' }
const TIMES = { iat: ISSUED_AT, nbf: ISSUED_AT, exp: EXPIRES_AT }

const ACCESS = {
  jti: '0a1c3e5b-7d9f-4a0c-b2e4-6d8f0a1c3e5b',
  delegationId: DELEGATION,
  scope: 'openid orders:read',
  iss: ISSUER,
  sub: USER,
  aud: AUDIENCE,
  ...TIMES,
  purpose: 'access_token',
}

const ID = {
  jti: '5b7d9f1a-3c4e-4b6d-9f8a-0c2e4b6d8f0a',
  iss: ISSUER,
  sub: USER,
  auth_time: SIGNED_IN_AT,
  ...TIMES,
  purpose: 'id',
  acr: 'urn:se:curity:authentication:html-form:HTML',
  amr: 'urn:se:curity:authentication:html-form:HTML',
  delegation_id: DELEGATION,
  azp: WEB,
  sid: 'Kq3VxNb7mLr8TzYw',
}

/** Curity Identity Server: the JWT that stands behind an opaque token (phantom token). By default it names no client. */
export const CURITY: GoldenIssuer = {
  name: 'Curity Identity Server',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: WEB,
  accessTokens: [
    {
      name: 'user, without a client',
      header: HEADER,
      claims: ACCESS,
      expected: { subject: USER, principal: 'unknown', scopes: ['openid', 'orders:read'] },
    },
    {
      name: 'user, where a claims mapper adds the client',
      header: HEADER,
      claims: { ...ACCESS, client_id: WEB },
      expected: { subject: USER, clientId: WEB, scopes: ['openid', 'orders:read'] },
    },
    {
      name: 'machine',
      header: HEADER,
      claims: { ...ACCESS, scope: 'orders:read', sub: MACHINE, client_id: MACHINE },
      expected: { subject: MACHINE, clientId: MACHINE, principal: 'client', scopes: ['orders:read'] },
    },
  ],
  idTokens: [
    {
      name: 'ID token of the web client, with nonce and at_hash',
      header: HEADER,
      claims: { ...ID, aud: WEB, nonce: '1790000000-xNb', at_hash: 'qWeRtYuIoP1aSdFgHjKlZx' },
    },
    {
      name: 'ID token whose aud lists the API beside the client (as PagerDuty documents it), without nonce',
      header: HEADER,
      claims: { ...ID, aud: [AUDIENCE, WEB], at_hash: 'cVbNmQwErTy2UiOpAsDfGh' },
    },
  ],
  others: [],
  sources: [
    'https://curity.io/resources/learn/introspect-with-phantom-token',
    'github:curityio (tutorial on account linking: decoded access token with purpose and delegationId)',
    'github:PagerDuty/developer-docs (OAuth 2.0 functionality: an ID token of Curity with purpose and delegation_id)',
  ],
}
