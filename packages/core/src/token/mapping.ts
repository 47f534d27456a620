import { audiences, isStringArray, type JwtClaims } from './claims.ts'
import { type Principal, principalOf } from './principal.ts'
import { Recent } from './recent.ts'

/**
 * Where an issuer writes what the specifications leave open. What is left out is read as most issuers write it. The functions get the
 * claims of a verified token, once for as long as the token is remembered: they must say the same each time (what may change is for guards
 * and `isRevoked`). What they answer in another form than promised grants nothing, and one that throws fails the request (500).
 */
export interface ClaimMapping {
  /**
   * The claim that says whom a token is for, where it is not `aud`: `client_id` (Cognito), `azp` (Clerk). `null`: none, because the
   * key set is for this API's tokens alone (WorkOS). An explicit loosening: RFC 9068 §4 wants `aud`.
   */
  readonly audience?: string | null | undefined
  /** Claims that each token must have, beside `exp`. */
  readonly requires?: readonly string[] | undefined
  /** The client that a token was given to. Default: `client_id`, else `azp`. */
  readonly client?: ((claims: JwtClaims) => string | undefined) | undefined
  /** Default: `scope`, else `scp`; never permissions or roles. */
  readonly scopes?: ((claims: JwtClaims) => readonly string[] | undefined) | undefined
  /** Default: the claim `permissions`. */
  readonly permissions?: ((claims: JwtClaims) => readonly string[] | undefined) | undefined
  /** Default: the claim `roles`. */
  readonly roles?: ((claims: JwtClaims) => readonly string[] | undefined) | undefined
  /** Who calls, where the issuer has marks of its own; `undefined`: by the common ones. */
  readonly principal?:
    | ((claims: JwtClaims, clientId: string | undefined) => Principal | undefined)
    | undefined
}

/** A mapping with nothing left out. */
export interface Mapping {
  /** The claim that says whom a token is for; `null`: none. */
  readonly audienceClaim: string | null
  readonly requires: readonly string[]
  readonly audience: (claims: JwtClaims) => readonly string[]
  readonly client: (claims: JwtClaims) => string | undefined
  readonly scopes: (claims: JwtClaims) => readonly string[]
  readonly permissions: (claims: JwtClaims) => readonly string[]
  readonly roles: (claims: JwtClaims) => readonly string[]
  readonly principal: (claims: JwtClaims) => Principal
}

/** Fills a mapping up with what most issuers do. */
export function completeMapping(given: ClaimMapping = {}): Mapping {
  const { audience: audienceClaim = 'aud', principal } = given
  const client = given.client === undefined ? clientOf : checked(given.client, text)
  return Object.freeze({
    audienceClaim,
    requires: given.requires ?? [],
    audience: audienceClaim === 'aud' ? audiences : (claims) => names(claims[audienceClaim ?? '']),
    client,
    scopes: given.scopes === undefined ? scopesReader() : checked(given.scopes, spaced),
    permissions: checked(given.permissions ?? ((claims) => claims['permissions']), strings),
    roles: checked(given.roles ?? ((claims) => claims['roles']), strings),
    principal: (claims) => principal?.(claims, client(claims)) ?? principalOf(claims, client(claims)),
  } satisfies Mapping)
}

/** A function of the application's with its answer brought into form: claims are often asserted to be what they are not. */
function checked<T>(
  find: (claims: JwtClaims) => unknown,
  read: (value: unknown) => T,
): (claims: JwtClaims) => T {
  return (claims) => read(find(claims))
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The client that the token was given to: `client_id` (RFC 9068 §2.2), else `azp`. */
function clientOf({ client_id: clientId, azp }: JwtClaims): string | undefined {
  return clientId ?? azp
}

/**
 * Reads `scope` (RFC 8693 §4.2; an array is taken too), else `scp`. Values of other types grant nothing. A text that many tokens have is
 * read once.
 */
function scopesReader(): Mapping['scopes'] {
  const known = new Recent<readonly string[]>()
  return ({ scope, scp }) => {
    const value = scope === undefined ? scp : scope
    if (typeof value !== 'string') return spaced(value)
    return known.get(value) ?? known.add(value, spaced(value))
  }
}

/** Up to here comparing each with each costs less than a set. */
const FEW = 32

function areDistinct(names: readonly string[]): boolean {
  for (let i = 0; i < names.length; i++)
    if (names[i] === '' || names.indexOf(names[i] ?? '') < i) return false
  return true
}

/** Names in a string, with spaces between them, or in an array; none in anything else. */
export function spaced(value: unknown): readonly string[] {
  const all = typeof value === 'string' ? words(value) : strings(value)
  const distinct =
    all.length < FEW && areDistinct(all) ? all : [...new Set(all)].filter((name) => name !== '')
  return Object.freeze(distinct)
}

/** What `split(' ')` gives, in half the time for as few as a scope has. */
function words(text: string): readonly string[] {
  const found: string[] = []
  let start = 0
  for (let end = text.indexOf(' '); end !== -1; end = text.indexOf(' ', start)) {
    found.push(text.slice(start, end))
    start = end + 1
  }
  found.push(text.slice(start))
  return found
}

/** One name or an array of them; none in anything else. */
export function names(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? Object.freeze([value]) : strings(value)
}

const NONE: readonly string[] = Object.freeze([])

/** An array of strings; nothing where it is something else. Frozen, as claims are; what is somebody's own is copied. */
export function strings(value: unknown): readonly string[] {
  if (!isStringArray(value)) return NONE
  return Object.isFrozen(value) ? value : Object.freeze([...value])
}

/** The member of a claim that is an object; `undefined` where there is none. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
