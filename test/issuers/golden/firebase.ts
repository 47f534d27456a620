import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const PROJECT = 'harbour-shop-4821'
const OTHER_PROJECT = 'somebody-elses-app'
const ISSUER = `https://securetoken.google.com/${PROJECT}`
const USER = 'k7Xq2VbN8mLr4TzYw9HcJ0PeUfGa'
const HEADER = { alg: 'RS256', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT, auth_time: SIGNED_IN_AT }

const USER_CLAIMS = {
  iss: ISSUER,
  aud: PROJECT,
  user_id: USER,
  sub: USER,
  ...TIMES,
  email: 'robin@example.com',
  email_verified: true,
  firebase: { identities: { email: ['robin@example.com'] }, sign_in_provider: 'password' },
}

/** Firebase Authentication: its ID token is the credential, by design; there are no access tokens. */
export const FIREBASE: GoldenIssuer = {
  name: 'Firebase Authentication',
  issuer: ISSUER,
  audience: PROJECT,
  clientId: '',
  needsPreset: 'the credential is an ID token: no client, no scope, but a login',
  accessTokens: [
    {
      name: 'user, by password',
      header: HEADER,
      claims: USER_CLAIMS,
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
    {
      name: 'user, by Google, with custom claims, in a tenant of Identity Platform',
      header: HEADER,
      claims: {
        ...USER_CLAIMS,
        name: 'Robin Example',
        picture: 'https://lh3.googleusercontent.com/a/synthetic=s96-c',
        accessLevel: 4,
        firebase: {
          identities: { 'google.com': ['117302948576102938475'], email: ['robin@example.com'] },
          sign_in_provider: 'google.com',
          tenant: 'order-desk-x7q2v',
        },
      },
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
  ],
  idTokens: [
    {
      name: 'ID token of another project',
      header: HEADER,
      claims: {
        ...USER_CLAIMS,
        iss: `https://securetoken.google.com/${OTHER_PROJECT}`,
        aud: OTHER_PROJECT,
      },
    },
    {
      // Google signs all projects' tokens with the same keys: `iss` and `aud` are all that tells them apart.
      name: 'a token whose iss is another project and whose aud is ours',
      header: HEADER,
      claims: { ...USER_CLAIMS, iss: `https://securetoken.google.com/${OTHER_PROJECT}` },
    },
  ],
  others: [
    {
      name: 'user who signed in anonymously; an API may admit them, but only if it says so',
      header: HEADER,
      claims: {
        provider_id: 'anonymous',
        iss: ISSUER,
        aud: PROJECT,
        user_id: 'w9HcJ0PeUfGak7Xq2VbN8mLr4TzY',
        sub: 'w9HcJ0PeUfGak7Xq2VbN8mLr4TzY',
        ...TIMES,
        firebase: { identities: {}, sign_in_provider: 'anonymous' },
      },
    },
    {
      name: 'session cookie',
      header: HEADER,
      claims: { ...USER_CLAIMS, iss: `https://session.firebase.google.com/${PROJECT}` },
    },
    {
      name: 'custom token, with which a client signs in',
      header: HEADER,
      claims: {
        iss: `firebase-adminsdk-x7q2v@${PROJECT}.iam.gserviceaccount.com`,
        sub: `firebase-adminsdk-x7q2v@${PROJECT}.iam.gserviceaccount.com`,
        aud: 'https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit',
        iat: ISSUED_AT,
        exp: EXPIRES_AT,
        uid: USER,
      },
    },
  ],
  sources: [
    'https://firebase.google.com/docs/auth/admin/verify-id-tokens',
    'github:firebase/firebase-admin-node src/auth/token-verifier.ts',
  ],
}
