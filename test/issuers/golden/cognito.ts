import { EXPIRES_AT, type GoldenIssuer, type GoldenToken, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const POOL = 'eu-central-1_hQ3xVb7Nk'
const ISSUER = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`
const NEW_ISSUER = `https://issuer-cognito-idp.eu-central-1.amazonaws.com/${POOL}`
const CLIENT = '5k2m8q1w7e4r9t3y6u0i2o5p8a'
const USER = '73d4c8a2-10b1-70e6-4f95-0b1c2d3e4f5a'
// Cognito writes no `typ`.
const HEADER = { alg: 'RS256' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }
const NEEDS_PRESET = 'access tokens have no aud: client_id stands in for it'

const user = (iss: string) => ({
  sub: USER,
  'cognito:groups': ['order-desk'],
  iss,
  version: 2,
  client_id: CLIENT,
  origin_jti: '4b6d8f0a-2c3e-4f5a-9b7c-1d0e2f4a6b8c',
  event_id: '9e1b3d5f-7a8c-4b0d-a2f4-6c8e0b1d3f5a',
  token_use: 'access',
  scope: 'openid orders/read',
  auth_time: SIGNED_IN_AT,
  ...TIMES,
  jti: 'd7f9a1b3-5c6e-4d8f-b0a2-4e6c8d0f1b3a',
  username: 'robin',
})

const machine = (iss: string) => ({
  sub: CLIENT,
  token_use: 'access',
  scope: 'orders/read',
  iss,
  ...TIMES,
  version: 2,
  jti: '6e8f0a1b-3c5d-4e7f-9a2b-4c6d8e0f1a3b',
  client_id: CLIENT,
})

const tokens = (iss: string): readonly GoldenToken[] => [
  {
    name: 'user',
    header: HEADER,
    claims: user(iss),
    expected: { subject: USER, clientId: CLIENT, principal: 'user', scopes: ['openid', 'orders/read'] },
  },
  {
    name: 'user of the user pools API: its one scope is for Cognito, no groups',
    header: HEADER,
    claims: {
      sub: USER,
      device_key: 'eu-central-1_2f4a6b8c-0d1e-4f3a-9b5c-7d8e0f1a2b3c',
      iss,
      client_id: CLIENT,
      origin_jti: '4b6d8f0a-2c3e-4f5a-9b7c-1d0e2f4a6b8c',
      event_id: '9e1b3d5f-7a8c-4b0d-a2f4-6c8e0b1d3f5a',
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: SIGNED_IN_AT,
      ...TIMES,
      jti: '0a2b4c6d-8e9f-4a1b-8c3d-5e7f9a0b2c4d',
      username: 'robin',
    },
    expected: {
      subject: USER,
      clientId: CLIENT,
      principal: 'user',
      scopes: ['aws.cognito.signin.user.admin'],
    },
  },
  {
    name: 'machine: sub is the client',
    header: HEADER,
    claims: machine(iss),
    expected: { subject: CLIENT, clientId: CLIENT, principal: 'client', scopes: ['orders/read'] },
  },
  {
    // Seen in the field; the documentation shows no such token.
    name: 'machine, with auth_time all the same',
    header: HEADER,
    claims: { ...machine(iss), auth_time: ISSUED_AT },
    expected: { subject: CLIENT, clientId: CLIENT, principal: 'client', scopes: ['orders/read'] },
  },
]

const idTokens = (iss: string): readonly GoldenToken[] => [
  {
    name: 'ID token of managed login, with nonce and at_hash',
    header: HEADER,
    claims: {
      at_hash: 'zXcVbNm5QwErTyUiOp8aSd',
      sub: USER,
      'cognito:groups': ['order-desk'],
      'cognito:username': 'robin',
      email: 'robin@example.com',
      email_verified: true,
      iss,
      nonce: 'hJkL1zXcVbNm4QwE',
      origin_jti: '4b6d8f0a-2c3e-4f5a-9b7c-1d0e2f4a6b8c',
      event_id: '9e1b3d5f-7a8c-4b0d-a2f4-6c8e0b1d3f5a',
      aud: CLIENT,
      token_use: 'id',
      auth_time: SIGNED_IN_AT,
      ...TIMES,
      jti: '8c0d2e4f-6a7b-4c9d-8e1f-3a5b7c9d0e2f',
    },
  },
  {
    name: 'ID token of the user pools API, whose aud is the app client that the API expects, without nonce',
    header: HEADER,
    claims: {
      sub: USER,
      'cognito:groups': ['order-admins'],
      'cognito:username': 'robin',
      iss,
      origin_jti: '4b6d8f0a-2c3e-4f5a-9b7c-1d0e2f4a6b8c',
      event_id: '9e1b3d5f-7a8c-4b0d-a2f4-6c8e0b1d3f5a',
      aud: CLIENT,
      token_use: 'id',
      auth_time: SIGNED_IN_AT,
      ...TIMES,
      jti: '2e4f6a8b-0c1d-4e3f-9a5b-7c8d0e2f4a6b',
    },
  },
]

const others = (iss: string): readonly GoldenToken[] => [
  {
    name: 'access token of another app client of the pool',
    header: HEADER,
    claims: { ...user(iss), client_id: '1a3s5d7f9g2h4j6k8l0z1x3c5v' },
  },
]

const SOURCES = [
  'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
  'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html',
  'github:awslabs/aws-jwt-verify (cognito-verifier: both issuer formats, token_use, client_id)',
]

/** Amazon Cognito, under the issuer that it has always had. */
export const COGNITO: GoldenIssuer = {
  name: 'Amazon Cognito',
  issuer: ISSUER,
  audience: '',
  clientId: CLIENT,
  needsPreset: NEEDS_PRESET,
  accessTokens: tokens(ISSUER),
  idTokens: idTokens(ISSUER),
  others: others(ISSUER),
  sources: SOURCES,
}

/** Amazon Cognito, under the newer form of its issuer. */
export const COGNITO_NEW_ISSUER: GoldenIssuer = {
  name: 'Amazon Cognito, new issuer',
  issuer: NEW_ISSUER,
  audience: '',
  clientId: CLIENT,
  needsPreset: NEEDS_PRESET,
  accessTokens: tokens(NEW_ISSUER),
  idTokens: idTokens(NEW_ISSUER),
  others: others(NEW_ISSUER),
  sources: SOURCES,
}

const RESOURCE = 'https://api.harbour-shop.example'

/** Amazon Cognito with resource binding: access tokens have the API in `aud`, and `client_id` as ever. */
export const COGNITO_BOUND: GoldenIssuer = {
  name: 'Amazon Cognito, bound to a resource',
  issuer: ISSUER,
  audience: RESOURCE,
  clientId: CLIENT,
  accessTokens: [
    {
      name: 'user',
      header: HEADER,
      claims: { ...user(ISSUER), aud: RESOURCE },
      expected: { subject: USER, clientId: CLIENT, principal: 'user', scopes: ['openid', 'orders/read'] },
    },
  ],
  idTokens: idTokens(ISSUER),
  others: [
    {
      name: 'access token of the same client, bound to nothing',
      header: HEADER,
      claims: user(ISSUER),
    },
  ],
  sources: SOURCES,
}
