import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const ORG = 'https://harbour-shop.okta.com'
const ISSUER = `${ORG}/oauth2/aus7k2m9q4xw1ZbTc5d7`
const AUDIENCE = 'api://orders'
const WEB = '0oa4r8t1y6uiOpLk35d7'
const MACHINE = '0oa9z3x5c7vbNmQw25d7'
const UID = '00u6g1h4j8klPoIu95d7'
const LOGIN = 'robin@example.com'
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }
// Okta writes no `typ`.
const HEADER = { alg: 'RS256' }

const ID_CLAIMS = {
  sub: UID,
  ver: 1,
  iss: ISSUER,
  ...TIMES,
  amr: ['mfa', 'otp', 'pwd'],
  idp: '00o2s5d8f1ghJkLz75d7',
  auth_time: SIGNED_IN_AT,
}

/** Okta, a custom authorization server: the only kind that issues access tokens for APIs of one's own. */
export const OKTA: GoldenIssuer = {
  name: 'Okta, custom authorization server',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: WEB,
  accessTokens: [
    {
      name: 'user',
      header: HEADER,
      claims: {
        ver: 1,
        jti: 'AT.q7XcV1bN4mK9sLdF2gH5jPwR8tYzUe0iOaTx3CvBn6M',
        iss: ISSUER,
        aud: AUDIENCE,
        ...TIMES,
        cid: WEB,
        uid: UID,
        scp: ['openid', 'orders.read'],
        auth_time: SIGNED_IN_AT,
        sub: LOGIN,
        groups: ['Everyone', 'order-desk'],
      },
      expected: {
        subject: LOGIN,
        clientId: WEB,
        principal: 'user',
        scopes: ['openid', 'orders.read'],
      },
    },
    {
      name: 'user, without auth_time (as the docs of 2019 show it)',
      header: HEADER,
      claims: {
        ver: 1,
        jti: 'AT.b2NhM5kQ8wErTyUi1oPaSdFgHjKl4zXcVbNm7QwEr0T',
        iss: ISSUER,
        aud: AUDIENCE,
        ...TIMES,
        cid: WEB,
        uid: UID,
        scp: ['orders.read', 'orders.write'],
        sub: LOGIN,
      },
      expected: {
        subject: LOGIN,
        clientId: WEB,
        principal: 'user',
        scopes: ['orders.read', 'orders.write'],
      },
    },
    {
      name: 'machine: no uid, sub is the client',
      header: HEADER,
      claims: {
        ver: 1,
        jti: 'AT.w9ErT2yUi5oPaSdF8gHjK1lZxCvBnM4qWeRtY7uIoP0',
        iss: ISSUER,
        aud: AUDIENCE,
        ...TIMES,
        cid: MACHINE,
        scp: ['orders.read'],
        sub: MACHINE,
      },
      expected: {
        subject: MACHINE,
        clientId: MACHINE,
        principal: 'client',
        scopes: ['orders.read'],
      },
    },
  ],
  idTokens: [
    {
      name: 'ID token of the web client, with nonce and profile',
      header: HEADER,
      claims: {
        ...ID_CLAIMS,
        aud: WEB,
        jti: 'ID.h4JkL7zXcVbNm0QwErTyUi3oPaSdFg6HjKlZxCvBnM9',
        nonce: 'n-7f3c1a9e5b',
        at_hash: 'x5CvBnMqWeRtYuIoPaSdFg',
        name: 'Robin Example',
        email: LOGIN,
        preferred_username: LOGIN,
      },
    },
    {
      name: 'ID token whose aud is what the API expects, without nonce and at_hash',
      header: HEADER,
      claims: {
        ...ID_CLAIMS,
        aud: AUDIENCE,
        jti: 'ID.r1TyUi4oPaSdFgHj7KlZxCvBnM0qWeRtYuIo3PaSdFg',
      },
    },
    {
      name: 'ID token whose aud is what the API expects, with groups',
      header: HEADER,
      claims: {
        ...ID_CLAIMS,
        aud: AUDIENCE,
        jti: 'ID.z8XcVbNm1QwErTyUi4oPaSdFgHjKl7ZxCvBnMqWeRt0',
        groups: ['Everyone', 'order-admins'],
      },
    },
  ],
  others: [
    {
      name: 'access token of the org authorization server, for Okta itself',
      header: HEADER,
      claims: {
        ver: 1,
        jti: 'AT.m6QwErTyUi9oPaSdFgHj2KlZxCvBnM5qWeRtYuIo8Pa',
        iss: ORG,
        aud: ORG,
        sub: LOGIN,
        ...TIMES,
        cid: WEB,
        uid: UID,
        scp: ['openid', 'profile'],
        auth_time: SIGNED_IN_AT,
      },
    },
  ],
  sources: [
    'https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/CustomAS',
    'github:okta/okta-developer-docs (guides: customize-tokens-returned-from-okta, dpop, sign-in user consent)',
    'https://groups.google.com/g/rabbitmq-users/c/O3GdCKf8soM',
  ],
}
