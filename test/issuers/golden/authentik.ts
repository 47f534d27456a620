import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ISSUER = 'https://id.harbour-shop.example/application/o/orders/'
const CLIENT = 'oP5aSdFgHj8KlZxCvBnM2qWeRtYu7IoPaSdFgHjK'
const USER = '9f3b7d1a5c8e0f2b4d6a8c0e1f3b5d7a9c1e3f5b7d9a0c2e4f6b8d0a1c3e5f7b'
const HEADER = { alg: 'RS256', typ: 'JWT' }

const BASE = {
  iss: ISSUER,
  sub: USER,
  aud: CLIENT,
  exp: EXPIRES_AT,
  iat: ISSUED_AT,
  auth_time: SIGNED_IN_AT,
  acr: 'goauthentik.io/providers/oauth2/default',
  amr: ['pwd', 'mfa'],
  sid: 'e7b9d1f3a5c8e0f2b4d6a8c0e1f3b5d7a9c1e3f5b7d9a0c2e4f6b8d0a1c3e5f7',
}

const PROFILE = {
  email: 'robin@example.com',
  email_verified: true,
  name: 'Robin Example',
  given_name: 'Robin Example',
  preferred_username: 'robin',
  nickname: 'robin',
  groups: ['order-desk'],
}

/** authentik: an access token is the ID token's claims with `azp` and a `uid`, and `aud` is the client in both. */
export const AUTHENTIK: GoldenIssuer = {
  name: 'authentik',
  issuer: ISSUER,
  audience: CLIENT,
  clientId: CLIENT,
  needsPreset:
    'access tokens have the nonce of the ID token, no scope, and no client but their aud: `uid` is the mark',
  accessTokens: [
    {
      name: 'user, code flow, with nonce',
      header: HEADER,
      claims: {
        ...BASE,
        nonce: 'tYuIoP2aSd',
        ...PROFILE,
        azp: CLIENT,
        uid: 'kLzXcVbNm4QwErTyUiOpAsDfGhJkL9zXcVbNmQwE',
      },
      expected: { subject: USER, clientId: CLIENT, principal: 'unknown', scopes: [] },
    },
    {
      name: 'user, without nonce and profile',
      header: HEADER,
      claims: { ...BASE, azp: CLIENT, uid: 'rTyUiOp6AsDfGhJkLzXcVbNm1QwErTyUiOpAsDfG' },
      expected: { subject: USER, clientId: CLIENT, principal: 'unknown', scopes: [] },
    },
    {
      name: 'machine: a service account that authentik makes for the client',
      header: HEADER,
      claims: {
        iss: ISSUER,
        sub: '0c2e4f6b8d0a1c3e5f7b9d1a3c5e7f9b0d2a4c6e8f0b1d3a5c7e9f1b3d5a7c9e',
        aud: CLIENT,
        exp: EXPIRES_AT,
        iat: ISSUED_AT,
        auth_time: ISSUED_AT,
        acr: 'goauthentik.io/providers/oauth2/default',
        azp: CLIENT,
        uid: 'hJkLzXcVbN8mQwErTyUiOpAsDfGh3JkLzXcVbNmQ',
      },
      expected: {
        subject: '0c2e4f6b8d0a1c3e5f7b9d1a3c5e7f9b0d2a4c6e8f0b1d3a5c7e9f1b3d5a7c9e',
        clientId: CLIENT,
        scopes: [],
      },
    },
  ],
  // `aud` is always the client, which is the API's audience as well: the API must tell them by `uid`.
  idTokens: [
    {
      name: 'ID token, code flow, with nonce and at_hash',
      header: HEADER,
      claims: { ...BASE, nonce: 'tYuIoP2aSd', at_hash: 'vBnMqWeRtYu5IoPaSdFgHj', ...PROFILE },
    },
    {
      name: 'ID token, without nonce and at_hash',
      header: HEADER,
      claims: { ...BASE, ...PROFILE },
    },
  ],
  others: [],
  sources: ['github:goauthentik/authentik authentik/providers/oauth2/id_token.py'],
}
