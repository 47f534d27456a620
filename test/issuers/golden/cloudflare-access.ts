import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT } from './types.ts'

const ISSUER = 'https://harbour-shop.cloudflareaccess.com'
const AUD = '6b8d0f2a4c5e7b9d1f3a5c7e9b0d2f4a6c8e0b1d3f5a7c9e1b3d5f7a9c0e2b4d'
const SERVICE = '8f0b2d4a6c5e7f9b1d3a5c7e9f0b2d4a.access'
const USER = '4e6a8c0d-1f3b-4d5e-9a7c-8b0d2f4a6c8e'
const HEADER = { alg: 'RS256', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, nbf: ISSUED_AT, exp: EXPIRES_AT }

const USER_CLAIMS = {
  aud: [AUD],
  email: 'robin@example.com',
  ...TIMES,
  iss: ISSUER,
  type: 'app',
  identity_nonce: 'Lk7RxT2sWb9YdF6h',
  sub: USER,
  country: 'DE',
}

/** Cloudflare Access: the application token, in the field `Cf-Access-Jwt-Assertion`, is the credential. */
export const CLOUDFLARE_ACCESS: GoldenIssuer = {
  name: 'Cloudflare Access',
  issuer: ISSUER,
  audience: AUD,
  clientId: SERVICE,
  needsPreset:
    'the credential describes a login and names neither client nor scope; it comes in a field of its own',
  accessTokens: [
    {
      name: 'user',
      header: HEADER,
      claims: USER_CLAIMS,
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
    {
      name: 'user, with claims of the identity provider in custom',
      header: HEADER,
      claims: {
        ...USER_CLAIMS,
        custom: { groups: ['order-desk'] },
        policy_id: 'd4f6a8b0-2c1e-4d3f-8b5a-7c9e0d1f2a3b',
      },
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
    {
      name: 'service token: the client is common_name, sub is empty',
      header: HEADER,
      claims: { type: 'app', aud: [AUD], ...TIMES, iss: ISSUER, common_name: SERVICE, sub: '' },
      expected: { clientId: SERVICE, principal: 'client', scopes: [] },
    },
  ],
  // Access issues no other ID tokens under this issuer and these keys; what is dangerous stands in `others`.
  idTokens: [],
  others: [
    {
      name: 'global session token, which stays with Access (type org)',
      header: HEADER,
      claims: {
        ...TIMES,
        iss: ISSUER,
        sub: USER,
        aud: ISSUER,
        type: 'org',
        identity_nonce: 'Lk7RxT2sWb9YdF6h',
        auth_status: 'NONE',
        common_name: '',
        service_token_id: '',
        service_token_status: false,
        is_warp: false,
        is_gateway: false,
        device_id: '',
        version: 2,
      },
    },
    {
      name: "global session token with the application's tag in aud",
      header: HEADER,
      claims: { ...USER_CLAIMS, type: 'org' },
    },
    {
      name: 'application token of another application of the team',
      header: HEADER,
      claims: { ...USER_CLAIMS, aud: ['0a1c3e5b7d9f2a4c6e8b0d1f3a5c7e9b2d4f6a8c0e1b3d5f7a9c0e2b4d6f8a1c'] },
    },
  ],
  sources: [
    'https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/application-token',
    'https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/validating-json',
  ],
}
