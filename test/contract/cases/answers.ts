import { ADMITTED, badToken, type Case, forbidden, tokenCase, withToken } from '../case.ts'

const REALM = 'realm="https://example.com/health-api"'

/** The form of the answers themselves. */
export const ANSWERS: readonly Case[] = [
  tokenCase(
    'answers a bad token with realm, error and description, in this order (RFC 6750 §3)',
    ({ issuer }) => issuer.expired(),
    badToken('expired', {
      challenge: `Bearer ${REALM}, error="invalid_token", error_description="The token is expired"`,
      body: { error: 'invalid_token', error_description: 'The token is expired' },
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    }),
  ),
  {
    name: 'answers malformed credentials with a challenge too (RFC 6750 §3.1)',
    request: () => withToken('a b'),
    expect: {
      status: 400,
      challenge: `Bearer ${REALM}, error="invalid_request", error_description="The Authorization field is malformed"`,
      body: { error: 'invalid_request', error_description: 'The Authorization field is malformed' },
      headers: { 'cache-control': 'no-store' },
    },
  },
  tokenCase(
    'answers a missing scope with all scopes that the operation needs (RFC 6750 §3.1)',
    ({ issuer }) => issuer.accessToken({ scope: 'read:patients' }),
    forbidden('scope_missing', {
      challenge: `Bearer ${REALM}, error="insufficient_scope", scope="read:patients write:patients", error_description="The token lacks a scope that the operation requires"`,
      body: { error: 'insufficient_scope' },
    }),
    { path: '/api/patients/edit' },
  ),
  {
    name: 'answers without a body where no token was sent (RFC 6750 §3.1)',
    request: () => ({}),
    expect: {
      status: 401,
      error: null,
      headers: { 'content-length': '0', 'content-type': undefined, 'cache-control': 'no-store' },
    },
  },
  {
    name: 'answers HEAD with the fields of GET and no body (RFC 9110 §9.3.2)',
    request: async ({ issuer }) => ({ ...withToken(await issuer.expired()), method: 'HEAD' }),
    expect: {
      status: 401,
      reason: 'expired',
      challenge: `Bearer ${REALM}, error="invalid_token", error_description="The token is expired"`,
    },
  },
  tokenCase(
    'sets no caching rule on the answers of the API itself (RFC 9111)',
    ({ issuer }) => issuer.accessToken(),
    {
      status: 200,
      challenge: null,
      headers: { 'cache-control': undefined, pragma: undefined },
    },
  ),
  {
    name: 'names the realm that the API set (RFC 9110 §11.5)',
    api: 'realm',
    request: () => ({}),
    expect: { status: 401, challenge: 'Bearer realm="Health"' },
  },
  tokenCase(
    'answers 503 with Retry-After and without a challenge when keys cannot be had (RFC 9110 §15.6.4)',
    ({ issuer }) => issuer.accessToken({ claims: { iss: 'http://127.0.0.1:1' } }),
    {
      status: 503,
      challenge: null,
      reason: 'keys_unavailable',
      message: /ECONNREFUSED|bad port/,
      body: {
        error: 'temporarily_unavailable',
        error_description: 'The token cannot be verified at the moment',
      },
      headers: { 'retry-after': '5', 'cache-control': 'no-store' },
    },
    { api: 'unreachable issuer' },
  ),
  {
    name: 'answers a request without a token with 401, not 503, when keys cannot be had (RFC 6750 §3.1)',
    api: 'unreachable issuer',
    request: () => ({}),
    expect: { status: 401, error: null, reason: 'no_credentials' },
  },
  tokenCase(
    'answers a token of a strange issuer with 401, not 503, when keys cannot be had (RFC 9068 §4)',
    ({ issuer }) => issuer.accessToken(),
    badToken('issuer_unknown'),
    { api: 'unreachable issuer' },
  ),
  tokenCase(
    'keeps its verdict when the hook for refusals throws (onRefusal)',
    ({ issuer }) => issuer.expired(),
    { status: 401, error: 'invalid_token' },
    { api: 'hook that throws' },
  ),
  ...['kid', 'jku', 'x5u'].map((name) =>
    tokenCase(
      `sends nothing of the header parameter ${name} back (RFC 6750 §5)`,
      ({ issuer }) => issuer.accessToken({ header: { [name]: 'leak"\r\nX-Leak: leak' }, claims: { exp: 0 } }),
      { status: 401, error: 'invalid_token' },
    ),
  ),
  tokenCase(
    'sends nothing of the claims back, whatever is in them (RFC 6750 §5)',
    ({ issuer }) =>
      issuer.accessToken({
        claims: { iss: 'leak"\r\nX-Leak: leak', aud: 'leak', azp: 'leak', client_id: 'leak' },
      }),
    badToken('issuer_unknown', { message: /leak\\?"\\u000d\\u000a/ }),
  ),

  {
    name: 'refuses a preflight like any request by default (Fetch, CORS protocol)',
    request: () => ({
      method: 'OPTIONS',
      headers: [
        ['Origin', 'https://app.test'],
        ['Access-Control-Request-Method', 'GET'],
        ['Access-Control-Request-Headers', 'authorization'],
      ],
    }),
    expect: { status: 401, error: null, headers: { 'access-control-expose-headers': undefined } },
  },
  {
    name: 'lets a preflight through where the API asked for it (Fetch, CORS protocol)',
    api: 'cors',
    request: () => ({
      method: 'OPTIONS',
      headers: [
        ['Origin', 'https://app.test'],
        ['Access-Control-Request-Method', 'GET'],
      ],
    }),
    expect: { status: 200, body: { anonymous: true } },
  },
  {
    name: 'asks for credentials where a guard meets a preflight (Fetch, CORS protocol)',
    api: 'cors',
    request: () => ({
      path: '/api/patients',
      method: 'OPTIONS',
      headers: [
        ['Origin', 'https://app.test'],
        ['Access-Control-Request-Method', 'GET'],
      ],
    }),
    expect: { status: 401, error: null, reason: 'no_credentials' },
  },
  ...[
    ['OPTIONS without Origin', 'OPTIONS', [['Access-Control-Request-Method', 'GET']]],
    [
      'OPTIONS without Access-Control-Request-Method',
      'OPTIONS',
      [
        ['Origin', 'https://app.test'],
        ['Access-Control-Request-Headers', 'authorization'],
      ],
    ],
    [
      'GET with the fields of a preflight',
      'GET',
      [
        ['Origin', 'https://app.test'],
        ['Access-Control-Request-Method', 'GET'],
      ],
    ],
  ].map(
    ([what, method, headers]): Case => ({
      name: `takes ${what} for no preflight (Fetch, CORS-preflight request)`,
      api: 'cors',
      request: () => ({ method: method as string, headers: headers as [string, string][] }),
      expect: { status: 401, error: null, headers: { 'access-control-expose-headers': 'WWW-Authenticate' } },
    }),
  ),
  tokenCase(
    'lets scripts of other origins read the challenge where the API asked for it (RFC 9449 §8)',
    ({ issuer }) => issuer.expired(),
    badToken('expired', { headers: { 'access-control-expose-headers': 'WWW-Authenticate' } }),
    { api: 'cors' },
  ),
  tokenCase(
    'admits a token of an API with CORS as of any other (Fetch)',
    ({ issuer }) => issuer.accessToken(),
    ADMITTED,
    { api: 'cors' },
  ),
]
