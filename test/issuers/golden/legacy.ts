import { EXPIRES_AT, type GoldenToken, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

/** The Auth0 tenant of the tokens below. */
export const LEGACY_ISSUER = 'https://tenant.auth0.com/'

/** The API that must refuse them; wherever a token of the kind could have it in `aud`, it has. */
export const LEGACY_AUDIENCE = 'https://api.harbour-shop.example'

/** The client that they were given to, or that made them. */
export const LEGACY_CLIENT = 'Hn4VbK8qXr2LtZyW6cJ0mPe7UfGaS3dT'

const USER = 'auth0|5c7e9b1d3f0a2c4e6b8d0f1a'
const TARGET = 'Wx6ZpR0sDf4GhJk8LqYv2BnM7cTaUe1I'
const RSA = { alg: 'RS256', typ: 'JWT' }
const SECRET = { alg: 'HS256', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }
// Not a point on the curve: nothing may ever use it.
const JWK = {
  kty: 'EC',
  crv: 'P-256',
  x: 'Ei8gK0qmfcx9QjtUI685t_gGOCfQP-fxZXaj2bnfVJc',
  y: 'WpZt_4sRd0jzRdIfTnI5zU7HcpWphOi7Yf0JyaIcZ_E',
}

/** Tokens of Auth0 from the time before access tokens for APIs, and tokens that open another API of Auth0's. */
export const AUTH0_LEGACY: readonly GoldenToken[] = [
  {
    name: 'delegation token, signed with the target client’s secret',
    header: SECRET,
    claims: { iss: LEGACY_ISSUER, sub: USER, aud: TARGET, azp: LEGACY_CLIENT, ...TIMES },
  },
  {
    name: 'delegation token whose aud is what the API expects, with a profile',
    header: SECRET,
    claims: {
      name: 'Robin Example',
      email: 'robin@example.com',
      email_verified: true,
      user_id: USER,
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: LEGACY_AUDIENCE,
      azp: LEGACY_CLIENT,
      ...TIMES,
    },
  },
  {
    name: 'Management API v2 token',
    header: RSA,
    claims: {
      iss: LEGACY_ISSUER,
      sub: `${LEGACY_CLIENT}@clients`,
      aud: 'https://tenant.auth0.com/api/v2/',
      ...TIMES,
      scope: 'read:users update:users delete:users read:clients',
      gty: 'client-credentials',
      azp: LEGACY_CLIENT,
    },
  },
  {
    name: 'Management API v2 token of the old kind: HS256, what it may do in scopes',
    header: SECRET,
    claims: {
      aud: LEGACY_CLIENT,
      scopes: { users: { actions: ['read'] } },
      iat: ISSUED_AT,
      exp: EXPIRES_AT,
      jti: '0d2f4b6a8c9e1d3f5a7b9c0e2d4f6b8a',
    },
  },
  {
    name: 'Management API v2 token for the user’s own profile',
    header: RSA,
    claims: {
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: ['https://tenant.auth0.com/api/v2/', 'https://tenant.auth0.com/userinfo'],
      azp: LEGACY_CLIENT,
      scope: 'openid read:current_user update:current_user_metadata',
      ...TIMES,
    },
  },
  {
    name: '/userinfo token',
    header: RSA,
    claims: {
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: 'https://tenant.auth0.com/userinfo',
      azp: LEGACY_CLIENT,
      scope: 'openid profile email',
      ...TIMES,
    },
  },
  {
    name: '/userinfo token, aud as a list',
    header: RSA,
    claims: {
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: ['https://tenant.auth0.com/userinfo'],
      azp: LEGACY_CLIENT,
      scope: 'openid profile email',
      ...TIMES,
    },
  },
]

/** JWTs that specifications type as something else than an access token, and some that are the same without a type. */
export const TYPED_NON_ACCESS_TOKENS: readonly GoldenToken[] = [
  {
    name: 'logout+jwt (OpenID Connect Back-Channel Logout 1.0 §2.4)',
    header: { alg: 'RS256', typ: 'logout+jwt' },
    claims: {
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: LEGACY_AUDIENCE,
      ...TIMES,
      jti: 'b4d6f8a0-2c1e-4b3d-9f5a-7c8e0b2d4f6a',
      sid: 'N4v8cQz1Lk7RxT2s',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    },
  },
  {
    name: 'secevent+jwt (RFC 8417 §2.3)',
    header: { alg: 'RS256', typ: 'secevent+jwt' },
    claims: {
      iss: LEGACY_ISSUER,
      iat: ISSUED_AT,
      exp: EXPIRES_AT,
      jti: '7c9e1b3d5f0a2c4e6b8d0f1a3c5e7b9d',
      aud: LEGACY_AUDIENCE,
      sub: USER,
      txn: '7204815',
      toe: ISSUED_AT - 5,
      events: {
        'https://schemas.openid.net/secevent/caep/event-type/session-revoked': {
          subject: { format: 'iss_sub', iss: LEGACY_ISSUER, sub: USER },
          event_timestamp: ISSUED_AT - 5,
        },
      },
    },
  },
  {
    name: 'token-introspection+jwt (RFC 9701 §5)',
    header: { alg: 'RS256', typ: 'token-introspection+jwt' },
    claims: {
      iss: LEGACY_ISSUER,
      aud: LEGACY_AUDIENCE,
      ...TIMES,
      token_introspection: {
        active: true,
        iss: LEGACY_ISSUER,
        aud: LEGACY_AUDIENCE,
        iat: ISSUED_AT,
        exp: EXPIRES_AT,
        client_id: LEGACY_CLIENT,
        scope: 'read:orders',
        sub: USER,
      },
    },
  },
  {
    name: 'client-authentication+jwt (RFC 7523bis)',
    header: { alg: 'RS256', typ: 'client-authentication+jwt' },
    claims: {
      iss: LEGACY_CLIENT,
      sub: LEGACY_CLIENT,
      aud: LEGACY_ISSUER,
      jti: '2f4b6d8a-0c1e-4f3b-8d5a-7c9e0f2b4d6a',
      ...TIMES,
    },
  },
  {
    name: 'client assertion, private_key_jwt (RFC 7523 §3), typ JWT',
    header: RSA,
    claims: {
      iss: LEGACY_CLIENT,
      sub: LEGACY_CLIENT,
      aud: `${LEGACY_ISSUER}oauth/token`,
      jti: '9b1d3f5a-7c8e-4b0d-a2f4-6c8e0b1d3f5a',
      ...TIMES,
    },
  },
  {
    name: 'client assertion whose aud is what the API expects, typ JWT',
    header: RSA,
    claims: {
      iss: LEGACY_CLIENT,
      sub: LEGACY_CLIENT,
      aud: LEGACY_AUDIENCE,
      jti: '5a7c9e1b-3d4f-4a6c-8e0b-2d4f6a8c0e1b',
      ...TIMES,
    },
  },
  {
    name: 'dpop+jwt (RFC 9449 §4.2)',
    header: { alg: 'ES256', typ: 'dpop+jwt', jwk: JWK },
    claims: {
      jti: 'w5Zr8Kq1Tn_4Lb-7Vx0c',
      htm: 'GET',
      htu: `${LEGACY_AUDIENCE}/orders`,
      iat: ISSUED_AT,
      ath: 'lAr2ZgutfJf0SihyDO0hHZvj149Ac9vv7KnIhkTh0zU',
    },
  },
  {
    name: 'refresh token as a JWT, typ rt+jwt',
    header: { alg: 'RS256', typ: 'rt+jwt' },
    claims: {
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: LEGACY_AUDIENCE,
      client_id: LEGACY_CLIENT,
      scope: 'read:orders offline_access',
      jti: '4c6e8b0d-1f2a-4c4e-9b6d-8f0a2c4e6b8d',
      ...TIMES,
    },
  },
  {
    name: 'refresh token as a JWT, typ refresh+jwt',
    header: { alg: 'RS256', typ: 'refresh+jwt' },
    claims: {
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: LEGACY_AUDIENCE,
      client_id: LEGACY_CLIENT,
      scope: 'read:orders offline_access',
      jti: '8d0f2b4a-6c7e-4d9f-b1a3-5c7e9d0f2b4a',
      ...TIMES,
    },
  },
  {
    name: 'refresh token as a JWT, typ JWT, named in token_use',
    header: RSA,
    claims: {
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: LEGACY_AUDIENCE,
      client_id: LEGACY_CLIENT,
      scope: 'read:orders offline_access',
      token_use: 'refresh',
      jti: '1b3d5f7a-9c0e-4b2d-8f4a-6c8e0b1d3f5a',
      ...TIMES,
    },
  },
  {
    name: 'refresh token as a JWT, typ JWT, named in typ among the claims',
    header: RSA,
    claims: {
      iss: LEGACY_ISSUER,
      sub: USER,
      aud: LEGACY_AUDIENCE,
      azp: LEGACY_CLIENT,
      scope: 'read:orders offline_access',
      typ: 'Refresh',
      jti: '6f8a0c2e-4d5b-4f7a-9c1e-3b5d7f9a0c2e',
      ...TIMES,
    },
  },
  {
    name: 'entity-statement+jwt (OpenID Federation 1.0 §3)',
    header: { alg: 'RS256', typ: 'entity-statement+jwt' },
    claims: {
      iss: LEGACY_ISSUER,
      sub: LEGACY_ISSUER,
      ...TIMES,
      jwks: { keys: [{ ...JWK, kid: 'federation-1' }] },
      authority_hints: ['https://federation.example'],
      metadata: { federation_entity: { organization_name: 'Harbour Shop' } },
    },
  },
  {
    name: 'vc+sd-jwt (SD-JWT VC, before its draft 06)',
    header: { alg: 'ES256', typ: 'vc+sd-jwt' },
    claims: {
      iss: LEGACY_ISSUER,
      vct: 'https://credentials.harbour-shop.example/staff',
      ...TIMES,
      sub: USER,
      cnf: { jwk: JWK },
      _sd_alg: 'sha-256',
      _sd: ['GNv7sOFSzkjbHwSTbaK-rp_woYzO9vwcSFUS48DtwGc'],
    },
  },
  {
    name: 'dc+sd-jwt (SD-JWT VC)',
    header: { alg: 'ES256', typ: 'dc+sd-jwt' },
    claims: {
      iss: LEGACY_ISSUER,
      vct: 'https://credentials.harbour-shop.example/staff',
      ...TIMES,
      sub: USER,
      cnf: { jwk: JWK },
      _sd_alg: 'sha-256',
      _sd: ['GNv7sOFSzkjbHwSTbaK-rp_woYzO9vwcSFUS48DtwGc'],
    },
  },
  {
    name: 'kb+jwt (RFC 9901 §4.3, key binding)',
    header: { alg: 'ES256', typ: 'kb+jwt' },
    claims: {
      iat: ISSUED_AT,
      aud: LEGACY_AUDIENCE,
      nonce: '5830194726',
      sd_hash: 'l9fkY1P6YN1f1jICDz1UooSGRv0zNKjAHFGEb9YZ0aE',
    },
  },
  {
    name: 'oauth-authz-req+jwt (RFC 9101 §10.8)',
    header: { alg: 'RS256', typ: 'oauth-authz-req+jwt' },
    claims: {
      iss: LEGACY_CLIENT,
      aud: LEGACY_ISSUER,
      ...TIMES,
      response_type: 'code',
      client_id: LEGACY_CLIENT,
      redirect_uri: 'https://harbour-shop.example/callback',
      scope: 'openid read:orders',
      state: 'k2m8q1w7e4r9',
      nonce: 'h7Jk-3Lz_9XcVb',
      max_age: 86_400,
    },
  },
  {
    name: 'self-issued ID token (SIOPv2), typ JWT',
    header: { alg: 'ES256', typ: 'JWT' },
    claims: {
      iss: 'https://self-issued.me/v2',
      sub: 'RMsYAH3KLEFtMYTn0grPYYmjfov80ceNfXG4tCrKfVU',
      aud: LEGACY_AUDIENCE,
      ...TIMES,
      auth_time: SIGNED_IN_AT,
      nonce: 'h7Jk-3Lz_9XcVb',
      sub_jwk: JWK,
    },
  },
]

/** Everything that no API may take for an access token. */
export const LEGACY: readonly GoldenToken[] = [...AUTH0_LEGACY, ...TYPED_NON_ACCESS_TOKENS]
