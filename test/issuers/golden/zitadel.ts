import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ISSUER = 'https://harbour-shop-x7q2vb.zitadel.cloud'
const PROJECT = '302948571029384756'
const WEB = '302948612039485761'
const OTHER_CLIENT = '302948655102938475'
const MACHINE = 'nightly-export'
const MACHINE_USER = '302948799485610293'
const USER = '302948700192837465'
const ORGANIZATION = '302948500918273645'
const HEADER = { alg: 'RS256', typ: 'JWT' }
const ROLES = { clerk: { [ORGANIZATION]: 'harbour-shop.example' } }

const ACCESS = {
  iss: ISSUER,
  sub: USER,
  // All clients of the project, and the project.
  aud: [WEB, OTHER_CLIENT, PROJECT],
  exp: EXPIRES_AT,
  iat: ISSUED_AT,
  nbf: ISSUED_AT,
  client_id: WEB,
  jti: 'V2_302949000192837465-at_302949000192903001',
}

const ID = {
  iss: ISSUER,
  sub: USER,
  aud: [WEB, OTHER_CLIENT, PROJECT],
  exp: EXPIRES_AT,
  iat: ISSUED_AT,
  auth_time: SIGNED_IN_AT,
  amr: ['pwd'],
  azp: WEB,
  client_id: WEB,
  at_hash: 'nMqWeRtYuI6oPaSdFgHjKl',
  sid: 'V1_302948950192837465',
}

/** Zitadel, with JWT access tokens: no scope, and the client stands in `aud` beside the project. */
export const ZITADEL: GoldenIssuer = {
  name: 'Zitadel',
  issuer: ISSUER,
  audience: PROJECT,
  clientId: WEB,
  needsPreset:
    'access tokens have no scope, and their client is one of aud: only jti tells them from ID tokens',
  accessTokens: [
    {
      name: 'user',
      header: HEADER,
      claims: ACCESS,
      expected: { subject: USER, clientId: WEB, scopes: [], permissions: [] },
    },
    {
      name: 'user, with roles of the project',
      header: HEADER,
      claims: {
        ...ACCESS,
        'urn:zitadel:iam:org:project:roles': ROLES,
        [`urn:zitadel:iam:org:project:${PROJECT}:roles`]: ROLES,
        'urn:zitadel:iam:user:resourceowner:id': ORGANIZATION,
      },
      expected: { subject: USER, clientId: WEB, scopes: [], roles: ['clerk'] },
    },
    {
      name: 'user, after a token exchange with an actor',
      header: HEADER,
      claims: { ...ACCESS, act: { iss: ISSUER, sub: MACHINE_USER } },
      expected: { subject: USER, clientId: WEB, scopes: [] },
    },
    {
      name: 'machine, by client credentials: the client is the name of the user',
      header: HEADER,
      claims: {
        ...ACCESS,
        sub: MACHINE_USER,
        aud: [PROJECT],
        client_id: MACHINE,
        jti: 'V2_302949111192837465-at_302949111192903001',
      },
      expected: { subject: MACHINE_USER, clientId: MACHINE, scopes: [] },
    },
  ],
  // `aud` of an ID token lists the project, too, which is the API's audience.
  idTokens: [
    {
      name: 'ID token, with nonce',
      header: HEADER,
      claims: { ...ID, nonce: 'yUiOpAs' },
    },
    {
      name: 'ID token, without nonce',
      header: HEADER,
      claims: ID,
    },
    {
      name: 'ID token with a profile and roles, which the application asked to have in it',
      header: HEADER,
      claims: {
        ...ID,
        name: 'Robin Example',
        preferred_username: 'robin@harbour-shop.example',
        email: 'robin@example.com',
        email_verified: true,
        'urn:zitadel:iam:org:project:roles': ROLES,
      },
    },
  ],
  others: [
    {
      name: 'JWT profile assertion, by which a service user asks for a token',
      header: HEADER,
      claims: { iss: MACHINE_USER, sub: MACHINE_USER, aud: ISSUER, iat: ISSUED_AT, exp: EXPIRES_AT },
    },
  ],
  sources: [
    'https://zitadel.com/docs/apis/openidoauth/claims',
    'github:zitadel/zitadel internal/api/oidc/token.go (createJWT)',
    'github:zitadel/oidc pkg/oidc/token.go (NewAccessTokenClaims, NewIDTokenClaims), pkg/op/signer.go',
    'https://github.com/zitadel/zitadel/pull/12180 (no scope in access tokens)',
  ],
}
