import { EXPIRES_AT, type GoldenIssuer, type GoldenToken, ISSUED_AT } from './types.ts'

const ISSUER = 'https://accounts.google.com'
const API = 'https://orders-k3x7q2v5ba-ew.a.run.app'
const ACCOUNT = '104826395017263849502'
const ACCOUNT_EMAIL = 'nightly-export@harbour-shop.iam.gserviceaccount.com'
const USER = '117302948576102938475'
const WEB = '482916350274-q7w3e9r1t5y8u2i6o0p4a7s3d9f1g5h8.apps.googleusercontent.com'
const ANDROID = '482916350274-z2x6c0v4b8n1m5q9w3e7r2t6y0u4i8o1.apps.googleusercontent.com'
const HEADER = { alg: 'RS256', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }

const CREDENTIAL = {
  aud: API,
  azp: ACCOUNT,
  email: ACCOUNT_EMAIL,
  email_verified: true,
  iss: ISSUER,
  sub: ACCOUNT,
  ...TIMES,
}

const SIGN_IN = {
  iss: ISSUER,
  sub: USER,
  hd: 'harbour-shop.example',
  email: 'robin@harbour-shop.example',
  email_verified: true,
  ...TIMES,
}

const SIGN_INS: readonly GoldenToken[] = [
  {
    name: 'ID token of a browser client, aud is its OAuth client id',
    header: HEADER,
    claims: {
      ...SIGN_IN,
      azp: WEB,
      aud: WEB,
      nonce: 'M2kQ8zXcVb',
      nbf: ISSUED_AT - 300,
      name: 'Robin Example',
      picture: 'https://lh3.googleusercontent.com/a/synthetic=s96-c',
      given_name: 'Robin',
      family_name: 'Example',
      jti: '6f8a0b2c4d5e7f9a1b3c5d7e9f0a2b4c6d8e0f1a',
    },
  },
  {
    name: 'ID token of a code flow, with at_hash',
    header: HEADER,
    claims: { ...SIGN_IN, azp: WEB, aud: WEB, at_hash: 'eRtYuIoPaSdFgHjKlZxCvB' },
  },
  {
    name: 'ID token of an Android app for its server: azp is the app, aud the web client',
    header: HEADER,
    claims: { ...SIGN_IN, azp: ANDROID, aud: WEB },
  },
]

const SOURCES = [
  'https://cloud.google.com/run/docs/authenticating/service-to-service',
  'https://developers.google.com/identity/gsi/web/guides/verify-google-id-token',
  'https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload',
]

/** Google between services: an ID token of a service account, whose `aud` is the API's URL, is the credential. */
export const GOOGLE: GoldenIssuer = {
  name: 'Google, service accounts',
  issuer: ISSUER,
  audience: API,
  clientId: ACCOUNT,
  needsPreset:
    'the credential is an ID token, for which anybody with a service account can choose the aud: the account is the condition',
  accessTokens: [
    {
      name: 'service account',
      header: HEADER,
      claims: CREDENTIAL,
      expected: { subject: ACCOUNT, principal: 'client', scopes: [] },
    },
    {
      name: 'service account, from the metadata server with format=full',
      header: HEADER,
      claims: {
        ...CREDENTIAL,
        google: {
          compute_engine: {
            instance_creation_timestamp: ISSUED_AT - 86_400,
            instance_id: '5902837461029384756',
            instance_name: 'export-1',
            project_id: 'harbour-shop',
            project_number: 482916350274,
            zone: 'europe-west1-b',
          },
        },
      },
      expected: { subject: ACCOUNT, principal: 'client', scopes: [] },
    },
  ],
  // Google writes nobody's API into `aud` of a sign-in, so none of these has it; they are refused for their `aud` as well.
  idTokens: SIGN_INS,
  others: [
    {
      name: "a stranger's service account, with the right aud",
      header: HEADER,
      claims: {
        ...CREDENTIAL,
        azp: '109283746501928374650',
        sub: '109283746501928374650',
        email: 'anything@another-project.iam.gserviceaccount.com',
      },
    },
    {
      name: 'the right service account, for another service',
      header: HEADER,
      claims: { ...CREDENTIAL, aud: 'https://invoices-k3x7q2v5ba-ew.a.run.app' },
    },
  ],
  sources: SOURCES,
}

/**
 * Sign in with Google, by a team that gave its API the web client's id as audience. Google has no JWT access tokens, so nothing opens
 * such an API; the ID token of an Android app is the hard one, because its `azp` is another client than its `aud`.
 */
export const GOOGLE_SIGN_IN: GoldenIssuer = {
  name: 'Google, sign-in',
  issuer: ISSUER,
  audience: WEB,
  clientId: WEB,
  accessTokens: [],
  idTokens: SIGN_INS,
  others: [],
  sources: SOURCES,
}
