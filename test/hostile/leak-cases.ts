import type { TestIssuer } from '@gatewarden/testing'
import { MARKER } from './raw-cases.ts'
import { bearerLine } from './raw-socket.ts'

/** Claims and header parameters of any name in which the marker stands, with whatever would end a field or a JSON string. */
const HOSTILE = `${MARKER}"\r\nX-Injected: ${MARKER}\r\n\r\n</script>\u202e\\`

/** A request in which the marker stands where the name says, and the status of its answer. */
export interface LeakCase {
  readonly name: string
  readonly status: number
  readonly path?: string
  fields(issuer: TestIssuer): Promise<string>
}

type Mint = (issuer: TestIssuer) => Promise<string>

function refused(where: string, mint: Mint, status = 401, path = '/api/me'): LeakCase {
  return {
    name: `${where} (RFC 6750 §5)`,
    status,
    path,
    fields: async (issuer) => bearerLine(await mint(issuer)),
  }
}

/** Both as plain text and as text that tries to break out. */
function inEither(where: string, mint: (value: string) => Mint, status = 401): LeakCase[] {
  return [
    refused(where, mint(MARKER), status),
    refused(`${where}, with a line break and quotes`, mint(HOSTILE), status),
  ]
}

const claim = (name: string, value: unknown, more: Record<string, unknown> = {}): Mint => {
  return (issuer) => issuer.accessToken({ claims: { [name]: value, ...more } })
}
const header = (name: string, value: unknown): Mint => {
  return (issuer) => issuer.accessToken({ header: { [name]: value } })
}

const EXPIRED = { exp: 1 }

const TOKENS: readonly LeakCase[] = [
  refused('an opaque token', async () => MARKER),
  refused('a token of two parts', async () => `${MARKER}.${MARKER}`),
  refused('a token of three parts that are no JSON', async () => `${MARKER}.${MARKER}.${MARKER}`),
  refused('a token of five parts', async () => Array(5).fill(MARKER).join('.')),
  refused('a long opaque token', async () => MARKER.repeat(800)),
  refused('a token in padding', async () => `${MARKER}==`),
  refused('a header that is no JSON', (issuer) => issuer.raw({ header: `{"alg":${MARKER}}`, payload: {} })),
  refused('a payload that is no JSON', (issuer) => issuer.raw({ payload: `{"iss":"${MARKER}",${MARKER}` })),
  refused('a member twice', (issuer) => issuer.raw({ payload: `{"${MARKER}":1,"${MARKER}":2}` })),
  refused('a signature', (issuer) => issuer.raw({ payload: { iss: issuer.issuer }, signature: MARKER })),
  refused('an encrypted token', (issuer) => issuer.encrypted({ claims: { sub: MARKER } })),
  refused('a changed claim', (issuer) => issuer.tampered({ change: { sub: MARKER } })),
  refused('the claims of an ID token', (issuer) => issuer.idToken({ subject: MARKER, nonce: MARKER })),
  refused('the claims of a forged token', (issuer) =>
    issuer.signedByStranger({ subject: MARKER, clientId: MARKER }),
  ),
]

const HEADERS: readonly LeakCase[] = [
  ...['alg', 'kid', 'typ', 'crit'].flatMap((name) =>
    inEither(`the header parameter ${name}`, (value) => header(name, value)),
  ),
  ...['jku', 'x5u', 'x5c', 'jwk', 'cty', 'nonce', 'zip', MARKER].flatMap((name) =>
    inEither(
      `the header parameter ${name === MARKER ? 'of that name' : name} of an expired token`,
      (value) => {
        return (issuer) => issuer.accessToken({ header: { [name]: value }, claims: EXPIRED })
      },
    ),
  ),
  refused('a list of critical extensions', header('crit', [MARKER, HOSTILE])),
  refused(
    'a private key in the header of a sound token, which is admitted',
    header('jwk', { kty: HOSTILE, [`${MARKER}</script>`]: MARKER, d: MARKER }),
    200,
  ),
]

const CLAIMS: readonly LeakCase[] = [
  ...['iss', 'aud', 'exp', 'nbf', 'iat', 'cnf'].flatMap((name) =>
    inEither(`the claim ${name}`, (value) => claim(name, value)),
  ),
  ...['sub', 'jti', 'client_id', 'azp', 'aud', 'scope', 'iss', 'cnf'].map((name) =>
    refused(
      `an object in the claim ${name} of an expired token`,
      claim(name, { [HOSTILE]: MARKER }, EXPIRED),
    ),
  ),
  ...inEither('two clients', (value) => claim('azp', value)),
  ...['typ', 'token_use', 'events', 'act', MARKER].flatMap((name) =>
    inEither(`the claim ${name === MARKER ? 'of that name' : name} of an expired token`, (value) =>
      claim(name, value, EXPIRED),
    ),
  ),
  ...[MARKER, HOSTILE].map((scope) =>
    refused(
      `the scopes of a caller who lacks one${scope === HOSTILE ? ', with a line break and quotes' : ''}`,
      claim('scope', scope),
      403,
      '/api/patients',
    ),
  ),
]

const NAMES = [
  'Cookie',
  'User-Agent',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Prefix',
  'Forwarded',
  'Origin',
]
const MORE_NAMES = [
  'Referer',
  'X-Request-Id',
  'DPoP',
  'Client-Cert',
  'X-Original-Url',
  'Accept',
  'Accept-Language',
  MARKER,
]

const FIELDS: readonly LeakCase[] = [
  ...[
    ['a foreign scheme', `Authorization: ${MARKER} abc\r\n`, 401],
    ['the credentials of a foreign scheme', `Authorization: Basic ${MARKER}\r\n`, 401],
    ['the DPoP scheme', `Authorization: DPoP ${MARKER}\r\nDPoP: ${MARKER}\r\n`, 401],
    ['a field that has forgotten the scheme', `Authorization: ${MARKER}.${MARKER}.${MARKER}\r\n`, 401],
    ['a second word', `Authorization: Bearer abc ${MARKER}\r\n`, 400],
    ['a second field', `Authorization: Bearer abc\r\nAuthorization: Bearer ${MARKER}\r\n`, 400],
    ['the field of a gateway', `X-Gateway-Token: ${MARKER}\r\n`, 401],
    ['any other field', [...NAMES, ...MORE_NAMES].map((name) => `${name}: ${MARKER}\r\n`).join(''), 401],
  ].map(([where, fields, status]): LeakCase => {
    return { name: `${where} (RFC 6750 §5)`, status: Number(status), fields: async () => `${fields}` }
  }),
  { ...refused('a token in the query', async () => 'abc', 400), path: `/api/me?access_token=${MARKER}` },
  {
    name: 'a token in the query alone (RFC 9700 §4.3.2)',
    status: 401,
    path: `/api/me?access_token=${MARKER}&${MARKER}=1`,
    fields: async () => '',
  },
]

/** Where the marker stands, for requests of which nothing may come back. */
export const LEAKS: Readonly<Record<string, readonly LeakCase[]>> = {
  'the token itself': TOKENS,
  'the header of the token': HEADERS,
  'the claims of the token': CLAIMS,
  'the request': FIELDS,
}
