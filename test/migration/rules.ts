import type { RequestName } from './requests.ts'

/** What Gatewarden answers, and why: the same whatever an API moves away from. */
interface Rule {
  readonly after: string
  readonly why: string
}

const INVALID_TOKEN = '401, Bearer error="invalid_token", JSON'
const INVALID_REQUEST = '400, Bearer error="invalid_request", JSON'

/** Why Gatewarden refuses what was admitted, admits what was refused, or says it otherwise. */
export const RULES = {
  kind: {
    after: INVALID_TOKEN,
    why: 'An API is opened by access tokens. ID, refresh and logout tokens, and tokens that name another type, are told apart by their claims and `typ` (RFC 8725 §3.11, RFC 9068 §4). An issuer whose access tokens are misjudged has the option `tokenKind`',
  },
  bound: {
    after: INVALID_TOKEN,
    why: 'A token with `cnf` is bound to a key, and must not pass without proof of it (RFC 7800 §3, RFC 9449 §7.2)',
  },
  critical: {
    after: INVALID_TOKEN,
    why: 'Whoever does not understand an extension in `crit` must refuse the token (RFC 7515 §4.1.11)',
  },
  fromTheFuture: {
    after: INVALID_TOKEN,
    why: 'A token that is not yet issued comes from a wrong clock; `clockTolerance` allows 5 seconds',
  },
  endless: {
    after: INVALID_TOKEN,
    why: 'An access token must expire (RFC 9068 §2.2)',
  },
  audience: {
    after: INVALID_TOKEN,
    why: 'A token that names no API is not for this one (RFC 9068 §4)',
  },
  twice: {
    after: INVALID_REQUEST,
    why: 'One request, one token: with several it is open who was judged by whom (RFC 6750 §2, §3.1)',
  },
  malformed: {
    after: INVALID_REQUEST,
    why: 'A malformed field is an `invalid_request`, which has status 400 (RFC 6750 §3.1)',
  },
  challenge: {
    after: INVALID_TOKEN,
    why: 'A 401 needs a challenge, and its error tells the client to get a new token (RFC 9110 §15.5.2, RFC 6750 §3.1). The body says the same, for programs',
  },
  bare: {
    after: '401, Bearer, no body',
    why: 'Without a bearer token the challenge names the scheme, and no error (RFC 6750 §3.1). A token in the query is none (RFC 9700 §4.3.2)',
  },
  scope: {
    after: '403, Bearer error="insufficient_scope" scope="read:patients", JSON',
    why: 'The challenge tells the client which scopes to ask for (RFC 6750 §3.1)',
  },
  outage: {
    after: '503, no challenge, JSON',
    why: 'An outage of the issuer is not the caller’s fault: 503 with `Retry-After`, and no client drops a good token ([keys](../keys.md))',
  },
  tolerance: {
    after: '200',
    why: 'Clocks differ: `clockTolerance` is 5 seconds, if no other is given',
  },
  spaces: {
    after: '200',
    why: 'One or more spaces stand between scheme and token (RFC 9110 §11.4)',
  },
  letters: {
    after: '200',
    why: 'Schemes are written in small or capital letters (RFC 9110 §11.1)',
  },
  noKid: {
    after: '200',
    why: '`kid` is optional (RFC 7515 §4.1.4): without it the keys that fit are tried, at most four',
  },
  scp: {
    after: '200',
    why: 'Scopes are read from `scope`, else from `scp`, as text or as a list: issuers write them both ways',
  },
} satisfies Record<string, Rule>

/** Tokens that nobody takes. */
export const FLAWED: readonly RequestName[] = [
  'expired an hour ago',
  'nbf in an hour',
  'aud is another API',
  'aud is the API with a slash more',
  'no aud',
  'another issuer',
  'no iss',
  'signed with a key that is not the issuer’s',
  'payload changed after signing',
  'alg none',
  'HS256 with the public key as the secret',
  'a kid that nobody knows',
  'an encrypted token',
  'an opaque token',
  'an ID token',
]

/** Well-signed tokens of the issuer for this API that are no access tokens. */
export const OTHER_KINDS: readonly RequestName[] = [
  'an ID token whose aud names the API too',
  'a refresh token whose aud is the API',
  'a logout token whose aud is the API',
  'typ secevent+jwt',
]

export const WITHOUT_SCOPE: readonly RequestName[] = [
  'another scope',
  'a scope that begins alike',
  'no scope at all',
  'the scope only in permissions',
]

export const WITHOUT_TOKEN: readonly RequestName[] = [
  'no credentials',
  'the scheme Basic',
  'Authorization: <token>, without a scheme',
  'the token in the query',
]

export const TWICE: readonly RequestName[] = [
  'two Authorization fields, the sound one first',
  'a token in the field, and one in the query',
]

export const MALFORMED: readonly RequestName[] = [
  'Authorization: Bearer, without a token',
  'something behind the token',
]

export const BOUND: RequestName = 'bound to a key of the client (cnf), sent as a bearer token'

/** All but some. */
export function without(requests: readonly RequestName[], ...others: readonly RequestName[]): RequestName[] {
  return requests.filter((name) => !others.includes(name))
}
