import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import type { JsonObject } from './json.ts'

/** The claims that have a meaning here, by their registered names (RFC 7519 §4.1, RFC 9068 §2.2); times in seconds since the epoch. */
export interface JwtClaims {
  readonly iss: string
  readonly exp: number
  readonly sub?: string
  readonly aud?: string | readonly string[]
  readonly nbf?: number
  readonly iat?: number
  readonly jti?: string
  readonly client_id?: string
  readonly azp?: string
  readonly [claim: string]: unknown
}

const STRINGS = ['iss', 'sub', 'jti', 'client_id', 'azp'] as const
const TIMES = ['exp', 'nbf', 'iat'] as const
const RFC9068_REQUIRED = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'] as const

/** How strictly a token must follow RFC 9068. */
export type Profile = 'jwt' | 'rfc9068'

/**
 * The claims as what they are said to be: those that are there have the types that the specifications give them, and `exp` (in
 * profile `rfc9068`, all seven of RFC 9068 §2.2) is there, and whatever the issuer's mapping wants. Values are not judged.
 */
export function checkShape(
  claims: JsonObject,
  {
    profile,
    mapping,
  }: { readonly profile: Profile; readonly mapping: { readonly requires: readonly string[] } },
): JwtClaims | Reason {
  const required = profile === 'rfc9068' ? RFC9068_REQUIRED : ['exp']
  for (const name of [...required, ...mapping.requires]) {
    if (claims[name] === undefined) return new Reason('claim_missing', { expected: name })
  }
  for (const name of STRINGS) {
    if (!isAbsentOr('string', claims[name])) return malformed(name, 'a string', claims)
  }
  for (const name of TIMES) {
    if (!isAbsentOr('number', claims[name])) return malformed(name, 'a number', claims)
  }
  const { aud } = claims
  if (aud !== undefined && typeof aud !== 'string' && !isStringArray(aud))
    return malformed('aud', 'a string or strings', claims)
  return claims as JwtClaims
}

/** `aud` as a list; none where the claim is absent (RFC 7519 §4.1.3). */
export function audiences({ aud }: JwtClaims): readonly string[] {
  if (aud === undefined) return []
  return typeof aud === 'string' ? [aud] : aud
}

/** Whether `value` is an array of strings only. */
export function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isAbsentOr(type: 'string' | 'number', value: unknown): boolean {
  return value === undefined || typeof value === type
}

function malformed(name: string, expected: string, claims: JsonObject): Reason {
  return new Reason('claim_malformed', { expected: `${name} as ${expected}`, actual: show(claims[name]) })
}
