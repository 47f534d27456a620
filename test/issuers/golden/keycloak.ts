import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ISSUER = 'https://sso.harbour-shop.example/realms/shop'
const API = 'orders-api'
const SPA = 'shop-spa'
const MACHINE = 'Nightly-Export'
const USER = 'a5e7c9b1-3d2f-4a6c-8e0b-7d9f1a3c5e7b'
const MACHINE_USER = 'c1b3d5f7-9a8e-4c0b-b2d4-6f8a0c2e4b6d'
const SESSION = '4f6a8c0e-1b3d-4e5f-9a7b-8c9d0e1f2a3b'
const HEADER = { alg: 'RS256', typ: 'JWT' }
/** What Keycloak keeps for itself is signed with a secret of the realm's. */
const INTERNAL = { alg: 'HS512', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }

const PROFILE = {
  email_verified: true,
  name: 'Robin Example',
  preferred_username: 'robin',
  given_name: 'Robin',
  family_name: 'Example',
  email: 'robin@example.com',
}

const USER_CLAIMS = {
  ...TIMES,
  auth_time: SIGNED_IN_AT,
  jti: 'onrtac:7b9d1f3a-5c6e-4a8b-9d0f-2e4a6c8e0b1d',
  iss: ISSUER,
  aud: [API, 'account'],
  sub: USER,
  typ: 'Bearer',
  azp: SPA,
  sid: SESSION,
  acr: '1',
  'allowed-origins': ['https://harbour-shop.example'],
  realm_access: { roles: ['default-roles-shop', 'offline_access', 'uma_authorization'] },
  resource_access: {
    [API]: { roles: ['reader'] },
    account: { roles: ['manage-account', 'manage-account-links', 'view-profile'] },
  },
  scope: 'openid email profile orders',
  ...PROFILE,
}

const MACHINE_CLAIMS = {
  ...TIMES,
  jti: 'trrtcc:0e2a4c6e-8b1d-4f3a-9c5e-7d9b1f3a5c6e',
  iss: ISSUER,
  aud: [API, 'account'],
  sub: MACHINE_USER,
  typ: 'Bearer',
  azp: MACHINE,
  acr: '1',
  realm_access: { roles: ['default-roles-shop', 'offline_access', 'uma_authorization'] },
  resource_access: { [API]: { roles: ['exporter'] } },
  scope: 'email profile',
  email_verified: false,
  clientHost: '203.0.113.24',
  // Keycloak lowers the case of user names.
  preferred_username: 'service-account-nightly-export',
  clientAddress: '203.0.113.24',
  client_id: MACHINE,
}

const ID_CLAIMS = {
  ...TIMES,
  auth_time: SIGNED_IN_AT,
  jti: '2c4e6a8b-0d1f-4b3d-8a5c-9e7f0b2d4a6c',
  iss: ISSUER,
  aud: SPA,
  sub: USER,
  typ: 'ID',
  azp: SPA,
  sid: SESSION,
  acr: '1',
  ...PROFILE,
}

const REFRESH_CLAIMS = {
  ...TIMES,
  jti: '6a8c0e2b-4d5f-4a7c-9b1d-3f5e7a9c0b2d',
  iss: ISSUER,
  aud: ISSUER,
  sub: USER,
  azp: SPA,
  sid: SESSION,
  scope: 'openid email profile orders',
}

/** Keycloak: header `typ: JWT` on everything; what a token is stands in `typ` among the claims. */
export const KEYCLOAK: GoldenIssuer = {
  name: 'Keycloak',
  issuer: ISSUER,
  audience: API,
  clientId: SPA,
  accessTokens: [
    {
      name: 'user',
      header: HEADER,
      claims: USER_CLAIMS,
      expected: {
        subject: USER,
        clientId: SPA,
        principal: 'user',
        scopes: ['openid', 'email', 'profile', 'orders'],
        permissions: [],
      },
    },
    {
      name: 'user, header at+jwt by a switch of the client',
      header: { alg: 'RS256', typ: 'at+jwt' },
      claims: USER_CLAIMS,
      expected: {
        subject: USER,
        clientId: SPA,
        principal: 'user',
        scopes: ['openid', 'email', 'profile', 'orders'],
      },
    },
    {
      name: 'user, of an old version or with the mapper for old versions: nonce and session_state',
      header: HEADER,
      claims: {
        ...USER_CLAIMS,
        jti: '8e0b2d4f-6a7c-4e9b-a1d3-5f7c9e0b1d2f',
        nonce: '5d7f9b1c-3e4a-4c6e-8b0d-2f4a6c8e0b1d',
        session_state: SESSION,
      },
      expected: {
        subject: USER,
        clientId: SPA,
        principal: 'user',
        scopes: ['openid', 'email', 'profile', 'orders'],
      },
    },
    {
      name: 'service account',
      header: HEADER,
      claims: MACHINE_CLAIMS,
      expected: {
        subject: MACHINE_USER,
        clientId: MACHINE,
        principal: 'client',
        scopes: ['email', 'profile'],
        permissions: [],
      },
    },
    {
      name: 'service account, of an old version: clientId',
      header: HEADER,
      claims: {
        ...TIMES,
        jti: '0b2d4f6a-8c9e-4b1d-9f3a-7c5e9a0b2d4f',
        iss: ISSUER,
        aud: API,
        sub: MACHINE_USER,
        typ: 'Bearer',
        azp: MACHINE,
        acr: '1',
        scope: 'email profile',
        clientId: MACHINE,
        email_verified: false,
        clientHost: '203.0.113.24',
        preferred_username: 'service-account-nightly-export',
        clientAddress: '203.0.113.24',
      },
      expected: {
        subject: MACHINE_USER,
        clientId: MACHINE,
        principal: 'client',
        scopes: ['email', 'profile'],
      },
    },
  ],
  idTokens: [
    {
      name: 'ID token of the SPA, with nonce and at_hash',
      header: HEADER,
      claims: {
        ...ID_CLAIMS,
        nonce: '5d7f9b1c-3e4a-4c6e-8b0d-2f4a6c8e0b1d',
        at_hash: 'pOiUyTrEwQ9mNbVcXzLkJh',
      },
    },
    {
      name: "ID token of the API's own client, whose aud is what the API expects, without nonce and at_hash",
      header: HEADER,
      claims: { ...ID_CLAIMS, aud: API, azp: API },
    },
    {
      name: 'ID token of the SPA into which an audience mapper wrote the API, with roles and scope',
      header: HEADER,
      claims: {
        ...ID_CLAIMS,
        aud: [API, SPA],
        realm_access: { roles: ['admin'] },
        scope: 'openid orders',
      },
    },
  ],
  others: [
    { name: 'refresh token', header: INTERNAL, claims: { ...REFRESH_CLAIMS, typ: 'Refresh' } },
    {
      name: "refresh token of an old version: signed with the realm's key, aud is the client",
      header: { alg: 'RS256' },
      claims: { ...REFRESH_CLAIMS, aud: API, azp: API, typ: 'Refresh', session_state: SESSION },
    },
    {
      name: 'offline token',
      header: INTERNAL,
      claims: { ...REFRESH_CLAIMS, typ: 'Offline', scope: 'openid offline_access orders' },
    },
    {
      name: "offline token of an old version: signed with the realm's key, aud is the client",
      header: { alg: 'RS256' },
      claims: { ...REFRESH_CLAIMS, aud: API, azp: API, typ: 'Offline', scope: 'openid offline_access' },
    },
    {
      name: 'logout token',
      header: { alg: 'RS256', typ: 'logout+jwt' },
      claims: {
        ...TIMES,
        jti: '4d6f8b0c-2e3a-4d5f-8b7c-9e0a1d3f5b7c',
        iss: ISSUER,
        aud: API,
        sub: USER,
        typ: 'Logout',
        sid: SESSION,
        events: {
          'http://schemas.openid.net/event/backchannel-logout': {},
          revoke_offline_access: true,
        },
      },
    },
    {
      name: 'logout token of an old version: header JWT',
      header: HEADER,
      claims: {
        ...TIMES,
        jti: '9b1d3f5a-7c8e-4b0d-a2f4-6c8e0a2c4e6b',
        iss: ISSUER,
        aud: API,
        sub: USER,
        typ: 'Logout',
        sid: SESSION,
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      },
    },
    {
      name: 'identity cookie',
      header: INTERNAL,
      claims: {
        ...TIMES,
        jti: '1d3f5b7c-9e0a-4d2f-8b4c-6e8a0c2e4b6d',
        iss: ISSUER,
        sub: USER,
        typ: 'Serialized-ID',
        sid: SESSION,
        state_checker: 'qAzWsXeDcRfVtGbYhNuJmIkOlP1029384756abcdEFG',
      },
    },
    {
      name: 'access token without an audience mapper: for `account` alone',
      header: HEADER,
      claims: { ...USER_CLAIMS, aud: 'account' },
    },
  ],
  sources: [
    'github:keycloak/keycloak core/src/main/java/org/keycloak/util/TokenUtil.java',
    'github:keycloak/keycloak core/src/main/java/org/keycloak/representations/JsonWebToken.java',
    'https://github.com/lpotthast/axum-keycloak-auth/issues/7 (decoded token of a service account)',
    'https://modelcontextprotocol.io/docs (tutorial with a decoded access token of Keycloak 26)',
  ],
}
