import { ADMITTED, badToken, type Case, type CaseRequest, type Expected, withToken } from '../case.ts'
import type { World } from '../world.ts'

const BARE = 'Bearer realm="https://example.com/health-api"'
const bare = (reason: Expected['reason']): Expected => ({
  status: 401,
  error: null,
  challenge: BARE,
  reason: reason as never,
})
const badRequest = (reason: Expected['reason']): Expected => ({
  status: 400,
  error: 'invalid_request',
  reason: reason as never,
})

function fieldCase(
  name: string,
  headers: (token: string) => CaseRequest['headers'],
  expect: Expected,
  path?: (token: string) => string,
): Case {
  return {
    name,
    async request({ issuer }: World) {
      const token = await issuer.accessToken()
      return { headers: headers(token) ?? [], ...(path && { path: path(token) }) }
    },
    expect,
  }
}

const b64tokenOf = (length: number): string => 'a'.repeat(length)

export const CREDENTIALS: readonly Case[] = [
  fieldCase(
    'answers 401 with a bare challenge when no token is sent (RFC 6750 §3.1)',
    () => [],
    bare('no_credentials'),
  ),
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map(
    (method): Case => ({
      name: `answers 401 to ${method} without a token, as to any method (RFC 6750 §3.1)`,
      request: () => ({ method }),
      expect: bare('no_credentials'),
    }),
  ),
  ...['Bearer', 'bearer', 'BEARER', 'bEaReR'].map((scheme) =>
    fieldCase(
      `knows the scheme when it is written ${scheme} (RFC 9110 §11.1)`,
      (token) => [['Authorization', `${scheme} ${token}`]],
      ADMITTED,
    ),
  ),
  fieldCase(
    'takes several spaces behind the scheme (RFC 9110 §11.4)',
    (token) => [['Authorization', `Bearer    ${token}`]],
    ADMITTED,
  ),
  ...[
    ['the scheme alone', () => 'Bearer'],
    ['a tab behind the scheme', (token: string) => `Bearer\t${token}`],
    ['a second word behind the token', (token: string) => `Bearer ${token} more`],
    ['two tokens with a comma between', (token: string) => `Bearer ${token}, Bearer ${token}`],
    ['a parameter where the token belongs', (token: string) => `Bearer token="${token}"`],
    ['a token in quotes', (token: string) => `Bearer "${token}"`],
    ['a character outside b64token', (token: string) => `Bearer ${token}!`],
    ['a letter outside ASCII', (token: string) => `Bearer ${token}é`],
    ['padding in the middle', () => 'Bearer a=b'],
    ['a JSON serialization', () => 'Bearer {"payload":"e30","signatures":[]}'],
    ['an empty field', () => ''],
    ['a field without a scheme name', () => '/'],
  ].map(([what, value]) =>
    fieldCase(
      `answers 400 to ${what} (RFC 6750 §2.1, §3.1)`,
      (token) => [['Authorization', (value as (token: string) => string)(token)]],
      badRequest('malformed_credentials'),
    ),
  ),
  ...['Basic dXNlcjpwYXNz', 'Digest username="a"', 'Negotiate abc', 'Bearerx abc', 'Token abc'].map((value) =>
    fieldCase(
      `answers the foreign scheme of ${JSON.stringify(value)} as if nothing was sent (RFC 6750 §3.1)`,
      () => [['Authorization', value]],
      bare('unsupported_scheme'),
    ),
  ),
  fieldCase(
    'answers a bare challenge and tells the operator where Bearer was forgotten (RFC 6750 §3.1)',
    (token) => [['Authorization', token]],
    { ...bare('scheme_missing'), hint: /`Bearer ` in front/ },
  ),
  fieldCase(
    'answers a bare challenge to the DPoP scheme, which is not offered (RFC 9449 §7.1)',
    (token) => [['Authorization', `DPoP ${token}`]],
    bare('dpop_not_supported'),
  ),
  fieldCase(
    'answers 400 to two Authorization fields, even the same twice (RFC 6750 §2)',
    (token) => [
      ['Authorization', `Bearer ${token}`],
      ['Authorization', `Bearer ${token}`],
    ],
    badRequest('several_credentials'),
  ),
  fieldCase(
    'answers 400 to a second Authorization field of another scheme and letter case (RFC 6750 §2)',
    (token) => [
      ['Authorization', `Bearer ${token}`],
      ['AUTHORIZATION', 'Basic dXNlcjpwYXNz'],
    ],
    badRequest('several_credentials'),
  ),
  fieldCase(
    'answers 400 to a token in the field and one in the query (RFC 6750 §2)',
    (token) => [['Authorization', `Bearer ${token}`]],
    badRequest('several_credentials'),
    (token) => `/api/me?x=1&access_token=${token}`,
  ),
  fieldCase(
    'answers 400 to an empty access_token in the query beside the field (RFC 6750 §2)',
    (token) => [['Authorization', `Bearer ${token}`]],
    badRequest('several_credentials'),
    () => '/api/me?access_token=',
  ),
  fieldCase(
    'admits a request whose query only resembles a token (RFC 6750 §2.3)',
    (token) => [['Authorization', `Bearer ${token}`]],
    ADMITTED,
    () => '/api/me?not_access_token=1&access_token_x=2&q=access_token',
  ),
  fieldCase(
    'takes no token from the query alone (RFC 9700 §4.3.2)',
    () => [],
    { ...bare('no_credentials'), hint: /query/ },
    (token) => `/api/me?access_token=${token}`,
  ),
  {
    name: 'takes no token from a form body (RFC 9700 §4.3.2)',
    request: () => ({
      method: 'POST',
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['Content-Length', '0'],
      ],
    }),
    expect: bare('no_credentials'),
  },
  {
    name: 'takes no token from a cookie (RFC 6750 §2)',
    request: async ({ issuer }) => ({ headers: [['Cookie', `access_token=${await issuer.accessToken()}`]] }),
    expect: bare('no_credentials'),
  },
  {
    name: 'answers 401 to a token over 16 KiB before decoding it (size limit)',
    request: () => withToken(b64tokenOf(16_385)),
    expect: badToken('token_too_large'),
  },
  {
    name: 'judges a token of exactly 16 KiB by its content (size limit)',
    request: () => withToken(b64tokenOf(16_384)),
    expect: badToken('opaque_token'),
  },
  {
    name: 'reads the token from the field that a gateway uses, with the scheme (tokenHeader)',
    api: 'gateway',
    request: async ({ issuer }) => ({
      headers: [['x-gateway-token', `Bearer ${await issuer.accessToken()}`]],
    }),
    expect: ADMITTED,
  },
  {
    name: 'reads the token from the field that a gateway uses, without a scheme (tokenHeader)',
    api: 'gateway',
    request: async ({ issuer }) => ({ headers: [['X-Gateway-Token', await issuer.accessToken()]] }),
    expect: ADMITTED,
  },
  {
    name: 'does not look at Authorization where a gateway uses another field (tokenHeader)',
    api: 'gateway',
    request: async ({ issuer }) => withToken(await issuer.accessToken()),
    expect: { status: 401, error: null, reason: 'no_credentials' },
  },
  {
    name: 'answers 400 to a gateway field that is there twice (tokenHeader)',
    api: 'gateway',
    request: async ({ issuer }) => {
      const token = await issuer.accessToken()
      return {
        headers: [
          ['X-Gateway-Token', token],
          ['x-gateway-token', token],
        ],
      }
    },
    expect: badRequest('several_credentials'),
  },
  {
    name: 'lets a request without credentials through where they are optional (optional)',
    api: 'optional',
    request: () => ({}),
    expect: { status: 200, body: { anonymous: true } },
  },
  {
    name: 'lets a request with a foreign scheme through where credentials are optional (optional)',
    api: 'optional',
    request: () => ({ headers: [['Authorization', 'Basic dXNlcjpwYXNz']] }),
    expect: { status: 200, body: { anonymous: true } },
  },
  {
    name: 'lets a token in the query alone through as nobody where credentials are optional (RFC 9700 §4.3.2)',
    api: 'optional',
    request: async ({ issuer }) => ({ path: `/api/me?access_token=${await issuer.accessToken()}` }),
    expect: { status: 200, body: { anonymous: true } },
  },
  {
    name: 'asks for credentials where a guard meets an anonymous caller (optional)',
    api: 'optional',
    request: () => ({ path: '/api/patients' }),
    expect: bare('no_credentials'),
  },
  {
    name: 'admits a good token where credentials are optional (optional)',
    api: 'optional',
    request: async ({ issuer }) => withToken(await issuer.accessToken()),
    expect: { status: 200, body: { subject: 'user-1' } },
  },
  {
    name: 'holds a good token to guards where credentials are optional (optional)',
    api: 'optional',
    request: async ({ issuer }) => withToken(await issuer.accessToken(), '/api/patients'),
    expect: { status: 403, error: 'insufficient_scope', reason: 'scope_missing' },
  },
  ...(
    [
      [
        'an expired token',
        (world) => world.issuer.expired().then((token) => `Bearer ${token}`),
        badToken('expired'),
      ],
      [
        'a forged token',
        (world) => world.issuer.signedByStranger().then((token) => `Bearer ${token}`),
        badToken('signature_invalid'),
      ],
      [
        'an ID token',
        (world) => world.issuer.idToken().then((token) => `Bearer ${token}`),
        badToken('id_token'),
      ],
      ['the scheme alone', async () => 'Bearer', badRequest('malformed_credentials')],
      ['an empty field', async () => '', badRequest('malformed_credentials')],
      ['the DPoP scheme', async () => 'DPoP abc', bare('dpop_not_supported')],
      ['a token without its scheme', (world) => world.issuer.accessToken(), bare('scheme_missing')],
    ] as [string, (world: World) => Promise<string>, Expected][]
  ).map(
    ([what, value, expect]): Case => ({
      name: `refuses ${what} as ever where credentials are optional (optional)`,
      api: 'optional',
      request: async (world) => ({ headers: [['Authorization', await value(world)]] }),
      expect,
    }),
  ),
  {
    name: 'refuses two Authorization fields where credentials are optional (RFC 6750 §2)',
    api: 'optional',
    request: () => ({
      headers: [
        ['Authorization', 'Basic dXNlcjpwYXNz'],
        ['Authorization', 'Basic dXNlcjpwYXNz'],
      ],
    }),
    expect: badRequest('several_credentials'),
  },
]
