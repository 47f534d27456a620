import { ConfigurationError } from '../errors.ts'
import type { KeySource } from '../keys/key-source.ts'
import { noKeys } from '../keys/none.ts'
import { isTemplate } from '../keys/template.ts'
import {
  readChoice,
  readCount,
  readSeconds,
  rejectUnknown,
  requireFunction,
  requireObject,
} from '../option-checks.ts'
import { show } from '../text.ts'
import type { Fetch } from '../upstream/fetch.ts'
import { isFetchable } from '../upstream/fetchable.ts'
import type { IssuerMatch } from '../upstream/metadata.ts'
import type { AnswerPolicy } from './answer.ts'
import type { ClientAuth } from './client-auth.ts'
import type { OpaqueForm } from './opaque.ts'

/** How an issuer is asked about tokens (RFC 7662). */
export interface IntrospectionOptions {
  /** Its address. Default: what the issuer's metadata names. */
  readonly endpoint?: string | undefined
  /** How this API says who it is: `clientSecretBasic(id, secret)`, `clientSecretPost()`, `privateKeyJwt()`, `tlsClientAuth()`. */
  readonly clientAuth: ClientAuth
  /**
   * `opaque` (the default): tokens that only the issuer can read; JWTs are verified here, and nobody is asked. `always`: JWTs too, once
   * they have passed every check here, so that a revocation counts within the ttl. `jwt`: JWTs only. One issuer at most can be asked
   * about opaque tokens: a token must not be shown to a stranger.
   */
  readonly when?: 'opaque' | 'always' | 'jwt' | undefined
  /** What an opaque token looks like, so that nothing else is asked about. Default: anything that does not look like a JWT. */
  readonly opaque?: OpaqueForm | undefined
  /** Only signed answers count (RFC 9701). Where one comes unasked it is verified all the same. Default: false. */
  readonly signed?: boolean | undefined
  /**
   * Answers that are remembered, and for how many seconds: for as long a revoked token may still be admitted. Default:
   * `{ max: 5000, ttl: 60 }`; `false`: none, so that each request is a question, which others of the same moment share. That a token is
   * not active counts for 5 seconds.
   */
  readonly cache?:
    | { readonly max?: number | undefined; readonly ttl?: number | undefined }
    | false
    | undefined
  /**
   * Most questions that are under way at a time, and in a second (after a while of rest, as many more at once); beyond, requests are
   * answered 503. About opaque tokens and about JWTs each. Default: 50, and 200.
   */
  readonly limits?:
    | { readonly concurrent?: number | undefined; readonly perSecond?: number | undefined }
    | undefined
  /** Used in place of the issuer's `fetch`, to show a certificate for instance. Deadline, size cap and the refusal of redirects stay. */
  readonly fetch?: Fetch | undefined
}

/** The options, read and checked. */
export interface IntrospectionSettings extends AnswerPolicy {
  readonly match: IssuerMatch
  readonly endpoint: string | undefined
  readonly clientAuth: ClientAuth
  readonly when: 'opaque' | 'always' | 'jwt'
  readonly form: OpaqueForm | undefined
  /** Answers that are remembered; 0: none. */
  readonly max: number
  readonly concurrent: number
  readonly perSecond: number
  readonly fetch: Fetch
}

/** What is known of the issuer already. */
export interface AskedIssuer extends Pick<AnswerPolicy, 'issuer' | 'algorithms' | 'clockTolerance' | 'now'> {
  readonly keys: KeySource
  readonly match: IssuerMatch
  readonly audience: readonly string[]
  readonly fetch: Fetch
}

const NAMES = ['endpoint', 'clientAuth', 'when', 'opaque', 'signed', 'cache', 'limits', 'fetch']
const START = "Begin with { clientAuth: clientSecretBasic('my-api', secret) }"
const DEFAULTS = { max: 5000, ttl: 60, concurrent: 50, perSecond: 200 }
/** Seconds: beyond a day an answer says nothing any more. */
const LONGEST_TTL = 86_400

/** Reads the option `introspection`. @throws ConfigurationError with the option's path; secrets are never shown */
export function readIntrospection(
  given: IntrospectionOptions,
  path: string,
  { audience, ...issuer }: AskedIssuer,
): IntrospectionSettings {
  requireObject(given, path, START)
  rejectUnknown(given, NAMES, `${path}.`)
  requireFunction(given.fetch, `${path}.fetch`, 'Give a function like the global fetch')
  const clientAuth = readClientAuth(given.clientAuth, `${path}.clientAuth`)
  requireEffect(given, path, issuer)
  return Object.freeze({
    ...issuer,
    recipients: [clientAuth.clientId, ...audience],
    endpoint: readEndpoint(given.endpoint, issuer.issuer, `${path}.endpoint`),
    clientAuth,
    when: readChoice(given.when, ['opaque', 'always', 'jwt'], `${path}.when`) ?? 'opaque',
    form: readForm(given.opaque, `${path}.opaque`),
    signed: readChoice(given.signed, [true, false], `${path}.signed`) ?? false,
    ...readCache(given.cache, `${path}.cache`),
    ...readLimits(given.limits, `${path}.limits`),
    fetch: given.fetch ?? issuer.fetch,
  })
}

function readClientAuth(given: unknown, option: string): ClientAuth {
  const { clientId, authenticate } = (given ?? {}) as Partial<ClientAuth>
  if (typeof clientId === 'string' && typeof authenticate === 'function') return given as ClientAuth
  // Not shown: it may hold a secret.
  throw new ConfigurationError(
    option,
    given === undefined ? 'is missing' : 'is no client authentication',
    "Say who this API is at its issuer: clientSecretBasic('my-api', secret), clientSecretPost(...) or privateKeyJwt({ ... })",
  )
}

/** @throws ConfigurationError where options contradict each other, so that one would have no effect, or no token would be admitted */
function requireEffect(
  { when = 'opaque', opaque, signed }: IntrospectionOptions,
  path: string,
  { issuer, keys }: Pick<AskedIssuer, 'issuer' | 'keys'>,
): void {
  if (when === 'jwt' && opaque !== undefined)
    throw new ConfigurationError(
      `${path}.opaque`,
      "stands beside when: 'jwt', so that nobody is asked about opaque tokens",
      "Leave it out, or set when: 'always'",
    )
  if (signed === true && keys === noKeys())
    throw new ConfigurationError(
      `${path}.signed`,
      'is true beside keys: noKeys(), so that no answer can be verified',
      "Leave `keys` out: signed answers are verified with the issuer's keys",
    )
  if (when !== 'jwt' && isTemplate(issuer))
    throw new ConfigurationError(
      path,
      `of ${show(issuer)} asks about opaque tokens, which name no tenant`,
      "Set when: 'jwt', so that it is asked about JWTs only",
    )
}

function readEndpoint(given: unknown, issuer: string, option: string): string | undefined {
  if (given === undefined) {
    if (isFetchable(issuer) && !isTemplate(issuer)) return undefined
    throw new ConfigurationError(
      option,
      'is missing, and this issuer has no metadata that names it',
      'Give the address',
    )
  }
  if (typeof given === 'string' && isFetchable(given)) return given
  throw new ConfigurationError(
    option,
    `is ${show(given)}, which may not be asked`,
    'Give a whole https address; plain http is accepted for this machine (loopback) only',
  )
}

function readForm(given: unknown, option: string): OpaqueForm | undefined {
  if (given instanceof RegExp) return given
  requireFunction(given, option, 'Give a pattern, /^at_[a-z0-9]{40}$/, or (token) => boolean')
  return given as OpaqueForm | undefined
}

function readCache(given: unknown, option: string): { max: number; ttl: number } {
  if (given === false) return { max: 0, ttl: 0 }
  if (given === undefined) return { max: DEFAULTS.max, ttl: DEFAULTS.ttl }
  requireObject(given, option, 'Give { max: 5000, ttl: 60 }, or false for none')
  const { max, ttl } = given as { max?: unknown; ttl?: unknown }
  rejectUnknown(given as object, ['max', 'ttl'], `${option}.`)
  return {
    max: readCount(max, `${option}.max`) ?? DEFAULTS.max,
    ttl: readSeconds(ttl, `${option}.ttl`, LONGEST_TTL) ?? DEFAULTS.ttl,
  }
}

function readLimits(given: unknown, option: string): { concurrent: number; perSecond: number } {
  if (given === undefined) return { concurrent: DEFAULTS.concurrent, perSecond: DEFAULTS.perSecond }
  requireObject(given, option, 'Give { concurrent: 50, perSecond: 200 }')
  const { concurrent, perSecond } = given as { concurrent?: unknown; perSecond?: unknown }
  rejectUnknown(given as object, ['concurrent', 'perSecond'], `${option}.`)
  return {
    concurrent: readCount(concurrent, `${option}.concurrent`) ?? DEFAULTS.concurrent,
    perSecond: readCount(perSecond, `${option}.perSecond`) ?? DEFAULTS.perSecond,
  }
}
