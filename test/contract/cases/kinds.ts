import { ADMITTED, badToken, type Case, type Expected, tokenCase } from '../case.ts'
import { AUDIENCE, SECRET } from '../world.ts'

const ID_TOKEN = 'An ID token was presented where an access token is required'

/** A token for this API without RFC 9068's type and client: what is left is up to the claims. */
const untyped =
  (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  ({ issuer }: Parameters<Case['request']>[0]) =>
    issuer.accessToken({
      header: { typ: 'JWT', ...header },
      claims: { client_id: undefined, jti: undefined, ...claims },
    })

const notAccess: Expected = badToken('not_an_access_token')

/** Telling access tokens from everything else that an issuer signs. */
export const KINDS: readonly Case[] = [
  tokenCase(
    'answers 401 to an ID token as clients get it, for want of the audience or by its marks (RFC 8725 §3.12)',
    ({ issuer }) => issuer.idToken(),
    badToken('id_token', {
      body: { error_description: ID_TOKEN },
      hint: /access token with the audience of this API/,
    }),
  ),
  tokenCase(
    'answers 401 to an ID token even where it names this API (RFC 8725 §3.12)',
    ({ issuer }) => issuer.idToken({ audience: AUDIENCE }),
    badToken('id_token', { body: { error_description: ID_TOKEN } }),
  ),
  tokenCase(
    "tells the operator of an aud that looks like a client's (OpenID Connect Core §2)",
    ({ issuer }) => issuer.idToken({ audience: 'abc', omit: ['nonce', 'at_hash'] }),
    badToken('audience_mismatch', {
      hint: /aud is `abc`, which looks like a client id: this is an ID token. Request an access token with audience `https:\/\/example.com\/health-api`/,
    }),
  ),
  tokenCase(
    'answers 401 to a refresh token in JWT form (RFC 8725 §3.12)',
    ({ issuer }) => issuer.refreshToken({ audience: AUDIENCE }),
    badToken('refresh_token'),
  ),
  tokenCase(
    'answers 401 to a logout token (OpenID Connect Back-Channel Logout §2.4)',
    ({ issuer }) => issuer.logoutToken({ audience: AUDIENCE }),
    badToken('logout_token'),
  ),
  ...[
    'logout+jwt',
    'secevent+jwt',
    'dpop+jwt',
    'statuslist+jwt',
    'token-introspection+jwt',
    'id_token+jwt',
    'oauth-authz-req+jwt',
    'kb+jwt',
    'client-authentication+jwt',
    'vc+sd-jwt',
    'entity-statement+jwt',
    'JOSE',
    'at+jwt ',
    'text/at+jwt',
    '',
    'constructor',
  ].map((typ) =>
    tokenCase(
      `answers 401 to the type ${JSON.stringify(typ)} (RFC 8725 §3.11)`,
      ({ issuer }) => issuer.accessToken({ header: { typ } }),
      { status: 401, error: 'invalid_token' },
    ),
  ),
  ...[1, null, ['at+jwt'], {}].map((typ) =>
    tokenCase(
      `answers 401 to the typ ${JSON.stringify(typ)} (RFC 7515 §4.1.9)`,
      ({ issuer }) => issuer.accessToken({ header: { typ } }),
      badToken('other_token_type'),
    ),
  ),
  ...['at+jwt', 'AT+jwt', 'application/at+jwt', 'JWT', 'jwt', 'application/jwt', undefined].map((typ) =>
    tokenCase(
      `admits the type ${typ} of an access token (RFC 9068 §2.1)`,
      ({ issuer }) => issuer.accessToken({ header: { typ } }),
      ADMITTED,
    ),
  ),
  ...['id', 'refresh', 1, null].map((use) =>
    tokenCase(
      `answers 401 to token_use ${JSON.stringify(use)} (kind rule 1)`,
      untyped({ token_use: use, scope: 'a', azp: 'c' }),
      { status: 401, error: 'invalid_token' },
    ),
  ),
  ...['ID', 'Refresh', 'Offline', 'Logout', 'Serialized-ID', 'constructor', 1].map((typ) =>
    tokenCase(
      `answers 401 to the claim typ ${JSON.stringify(typ)} (kind rule 1)`,
      untyped({ typ, scope: 'a', azp: 'c' }),
      { status: 401, error: 'invalid_token' },
    ),
  ),
  ...['events', 'toe', 'token_introspection', 'sub_jwk'].map((name) =>
    tokenCase(
      `answers 401 to the claim ${name}, even with typ at+jwt (kind rule 1)`,
      ({ issuer }) => issuer.accessToken({ claims: { [name]: {} } }),
      badToken('other_token_type'),
    ),
  ),
  tokenCase(
    "answers 401 to a jti that begins with Okta's ID. (kind rule 1)",
    untyped({ jti: 'ID.abc', scp: ['a'], cid: 'c' }),
    badToken('id_token'),
  ),
  tokenCase(
    'admits typ at+jwt though the token has a nonce (kind rule 2)',
    ({ issuer }) => issuer.accessToken({ claims: { nonce: 'n' } }),
    ADMITTED,
  ),
  tokenCase('admits token_use access (kind rule 2)', untyped({ token_use: 'access', nonce: 'n' }), ADMITTED),
  ...['Bearer', 'DPoP'].map((typ) =>
    tokenCase(
      `admits the claim typ ${typ}, as older Keycloaks send it with a nonce (kind rule 2)`,
      untyped({ typ, nonce: 'n', azp: 'c' }),
      ADMITTED,
    ),
  ),
  ...['azp', 'cid', 'appid', 'client_id'].map((client) =>
    tokenCase(
      `admits scp beside ${client}, though there is a nonce (kind rule 2)`,
      untyped({ scp: 'a', [client]: 'c', nonce: 'n' }),
      ADMITTED,
    ),
  ),
  ...['nonce', 'at_hash', 'c_hash', 's_hash'].map((name) =>
    tokenCase(
      `answers 401 to ${name} in a token that proves nothing (kind rule 3)`,
      untyped({ [name]: 'x', scope: 'a', azp: 'c' }),
      badToken('id_token', { message: new RegExp(name) }),
    ),
  ),
  tokenCase(
    'answers 401 to a token that says neither what it allows nor to whom it was given (kind rule 4)',
    untyped({}),
    notAccess,
  ),
  tokenCase(
    'answers 401 to a token whose client is its audience (kind rule 4)',
    untyped({ azp: AUDIENCE }),
    notAccess,
  ),
  tokenCase(
    'answers 401 to roles and permissions without scope and client: they prove nothing (kind rule 4)',
    untyped({ roles: ['admin'], permissions: ['all'] }),
    notAccess,
  ),
  ...['email', 'name', 'picture', 'auth_time', 'sid'].map((name) =>
    tokenCase(
      `answers 401 to ${name} without a client, though there is a scope (kind rule 4)`,
      untyped({ [name]: 'x', scope: 'openid' }),
      notAccess,
    ),
  ),
  tokenCase(
    'admits a token with a client that is not the audience (kind rule 4)',
    untyped({ azp: 'c' }),
    ADMITTED,
  ),
  tokenCase('admits a token with a scope and no login (kind rule 4)', untyped({ scope: 'a' }), ADMITTED),
  tokenCase(
    'admits a login token that names its client (kind rule 4)',
    untyped({ azp: 'c', scope: 'openid', email: 'x', auth_time: 1 }),
    ADMITTED,
  ),
  tokenCase('admits a machine token by gty (kind rule 4)', untyped({ gty: 'client-credentials' }), {
    status: 200,
    body: { principal: 'client' },
  }),
  tokenCase(
    'admits a machine token by its subject (kind rule 4)',
    untyped({ azp: AUDIENCE, sub: `${AUDIENCE}@clients` }),
    { status: 200, body: { principal: 'client' } },
  ),
  tokenCase(
    'does not look for soft evidence where the key says whom a token is for (kind rule 4)',
    ({ issuer }) =>
      issuer.accessToken({
        algorithm: 'HS256',
        key: SECRET,
        header: { typ: 'JWT' },
        claims: { client_id: undefined },
      }),
    ADMITTED,
    { api: 'shared secret' },
  ),
  tokenCase(
    'still refuses hard evidence where the key says whom a token is for (kind rule 3)',
    ({ issuer }) => issuer.idToken({ algorithm: 'HS256', key: SECRET, audience: AUDIENCE }),
    badToken('id_token'),
    { api: 'shared secret' },
  ),
]
