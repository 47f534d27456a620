import type { TestIssuer } from '@gatewarden/testing'

/** One way in which an issuer fails to give its keys. */
export interface Fault {
  readonly name: string
  readonly begin: (issuer: TestIssuer) => unknown
  /** Requests that one attempt makes at the issuer. */
  readonly attempt: { readonly discovery: number; readonly jwks: number }
  /** What the operator reads. */
  readonly says: RegExp
  /** No answer comes before the deadline. */
  readonly silent?: boolean
  /** Longest time in milliseconds until an API without keys has them again. Default: 500, the first pause. */
  readonly heals?: number
}

const KEYS = { discovery: 1, jwks: 1 } as const
const METADATA = { discovery: 2, jwks: 0 } as const
const evil = 'http://127.0.0.1:9/jwks'
const jwks = (answer: Parameters<TestIssuer['behave']>[0]['jwks'] & {}) => (issuer: TestIssuer) =>
  issuer.behave({ jwks: answer })
const discovery = (answer: Parameters<TestIssuer['behave']>[0]['discovery'] & {}) => (issuer: TestIssuer) =>
  issuer.behave({ discovery: answer })

export const FAULTS: readonly Fault[] = [
  {
    name: 'is down',
    begin: (issuer) => issuer.goDown(),
    attempt: { discovery: 0, jwks: 0 },
    says: /ECONNREFUSED/,
  },
  { name: 'answers 500', begin: jwks({ status: 500 }), attempt: KEYS, says: /jwks answered 500/ },
  { name: 'answers 403', begin: jwks({ status: 403 }), attempt: KEYS, says: /jwks answered 403/ },
  {
    name: 'answers 429 with Retry-After: 3',
    begin: jwks({ status: 429, headers: { 'retry-after': '3' } }),
    attempt: KEYS,
    says: /answered 429/,
    heals: 3000,
  },
  {
    name: 'answers 503 with a Retry-After of a day',
    begin: jwks({ status: 503, headers: { 'retry-after': '86400' } }),
    attempt: KEYS,
    says: /answered 503/,
    heals: 4000,
  },
  {
    name: 'answers with an HTML page',
    begin: jwks({ body: '<html>Maintenance</html>', contentType: 'text/html' }),
    attempt: KEYS,
    says: /did not answer with JSON/,
  },
  {
    name: 'answers with half of the JSON',
    begin: jwks({ size: 40 }),
    attempt: KEYS,
    says: /not answer with JSON/,
  },
  {
    name: 'answers `keys: []`',
    begin: jwks({ body: { keys: [] } }),
    attempt: KEYS,
    says: /JWK Set without keys/,
  },
  { name: 'answers without keys', begin: jwks({ body: {} }), attempt: KEYS, says: /no member `keys`/ },
  {
    name: 'answers with null entries only',
    begin: jwks({ body: { keys: [null, null] } }),
    attempt: KEYS,
    says: /no usable key: keys\[0\] is not an object/,
  },
  {
    name: 'resets the connection',
    begin: jwks('reset'),
    attempt: KEYS,
    says: /ECONNRESET|other side closed/,
  },
  {
    name: 'resets it in mid-body',
    begin: jwks({ cut: 40 }),
    attempt: KEYS,
    says: /ECONNRESET|other side closed/,
  },
  { name: 'hangs', begin: jwks('hang'), attempt: KEYS, says: /no whole answer/, silent: true },
  {
    name: 'sends a byte every 100 ms',
    begin: jwks({ drip: { bytes: 1, everyMs: 100 } }),
    attempt: KEYS,
    says: /no whole answer/,
    silent: true,
  },
  {
    name: 'redirects',
    begin: jwks({ redirectTo: evil }),
    attempt: KEYS,
    says: /302, and redirects are not followed/,
  },
  {
    name: 'answers with 100 MB',
    begin: jwks({ size: 100_000_000 }),
    attempt: KEYS,
    says: /more than 1048576 bytes/,
  },
  {
    name: 'has metadata of another issuer',
    begin: discovery({ metadata: { issuer: 'https://evil.test/' } }),
    attempt: { discovery: 1, jwks: 0 },
    says: /names the issuer "https:\/\/evil.test\/", not/,
  },
  {
    name: 'has no metadata',
    begin: discovery({ status: 404 }),
    attempt: METADATA,
    says: /answered 404; .*answered 404/,
  },
  {
    name: 'hangs on its metadata',
    begin: discovery('hang'),
    attempt: { discovery: 1, jwks: 0 },
    says: /openid-configuration: no whole answer/,
    silent: true,
  },
  {
    name: 'redirects its metadata',
    begin: discovery({ redirectTo: evil }),
    attempt: METADATA,
    says: /not followed/,
  },
  {
    name: 'names a jwks_uri over plain http elsewhere',
    begin: discovery({ metadata: { jwks_uri: 'http://keys.test/jwks' } }),
    attempt: { discovery: 1, jwks: 0 },
    says: /no jwks_uri that may be fetched/,
  },
]
