import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const PROJECT = 'kqxvbnmlrtzywhcjpeuf'
const ISSUER = `https://${PROJECT}.supabase.co/auth/v1`
const USER = '2e4f6a8b-0c1d-4e3f-9a5b-7c8d0e2f4a6b'
const OAUTH_CLIENT = '9d1f3b5c-7e8a-4d0f-b2c4-6e8a0d1f3b5c'
const HEADER = { alg: 'ES256', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, exp: EXPIRES_AT }

const SESSION = {
  aal: 'aal1',
  amr: [{ method: 'password', timestamp: SIGNED_IN_AT }],
  app_metadata: { provider: 'email', providers: ['email'] },
  aud: 'authenticated',
  email: 'robin@example.com',
  ...TIMES,
  iss: ISSUER,
  phone: '',
  role: 'authenticated',
  session_id: '7a8b9c0d-1e2f-4a3b-8c5d-6e7f9a0b1c2d',
  sub: USER,
  user_metadata: { name: 'Robin Example' },
  is_anonymous: false,
}

const ANONYMOUS = {
  ...SESSION,
  amr: [{ method: 'anonymous', timestamp: SIGNED_IN_AT }],
  app_metadata: {},
  email: '',
  sub: 'c8d0e2f4-a6b7-4c9d-8e1f-3a5b7c9d0e2f',
  user_metadata: {},
  is_anonymous: true,
}

/** Supabase Auth: the session's token is the credential; `aud` is `authenticated` for every API of the project. */
export const SUPABASE: GoldenIssuer = {
  name: 'Supabase Auth',
  issuer: ISSUER,
  audience: 'authenticated',
  clientId: '',
  needsPreset: 'the session token describes a person and names neither client nor scope',
  accessTokens: [
    {
      name: 'user',
      header: HEADER,
      claims: SESSION,
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
    {
      name: 'user, second factor, by Google',
      header: HEADER,
      claims: {
        ...SESSION,
        aal: 'aal2',
        amr: [
          { method: 'totp', timestamp: ISSUED_AT - 60 },
          { method: 'oauth', timestamp: SIGNED_IN_AT },
        ],
        app_metadata: { provider: 'google', providers: ['google'] },
      },
      expected: { subject: USER, principal: 'user', scopes: [] },
    },
    {
      name: 'user, through an OAuth client of the project',
      header: HEADER,
      claims: { ...SESSION, client_id: OAUTH_CLIENT },
      expected: { subject: USER, clientId: OAUTH_CLIENT, principal: 'user' },
    },
  ],
  idTokens: [
    {
      name: 'ID token of an OAuth client of the project, with nonce',
      header: HEADER,
      claims: {
        iss: ISSUER,
        sub: USER,
        aud: OAUTH_CLIENT,
        ...TIMES,
        auth_time: SIGNED_IN_AT,
        nonce: 'lZxCvBnM',
        name: 'Robin Example',
        email: 'robin@example.com',
        email_verified: true,
      },
    },
    {
      name: 'ID token whose aud is what the API expects, without nonce',
      header: HEADER,
      claims: {
        iss: ISSUER,
        sub: USER,
        aud: 'authenticated',
        ...TIMES,
        auth_time: SIGNED_IN_AT,
        email: 'robin@example.com',
      },
    },
  ],
  others: [
    {
      name: 'user who signed in anonymously; an API may admit them, but only if it says so',
      header: HEADER,
      claims: ANONYMOUS,
    },
    {
      name: 'anon key',
      header: { alg: 'HS256', typ: 'JWT' },
      claims: { iss: 'supabase', ref: PROJECT, role: 'anon', ...TIMES },
    },
    {
      name: 'service_role key',
      header: { alg: 'HS256', typ: 'JWT' },
      claims: { iss: 'supabase', ref: PROJECT, role: 'service_role', ...TIMES },
    },
    {
      name: "service_role under the project's issuer and aud, as people mint it for themselves",
      header: HEADER,
      claims: { iss: ISSUER, aud: 'authenticated', role: 'service_role', sub: USER, ...TIMES },
    },
  ],
  sources: [
    'github:supabase/supabase apps/docs/content/guides/auth/jwt-fields.mdx',
    'https://github.com/supabase/auth/issues/2610 (resource indicators are not honoured)',
  ],
}
