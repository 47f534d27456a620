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
const JWT_REQUIRED = ['exp'] as const
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
  const required = profile === 'rfc9068' ? RFC9068_REQUIRED : JWT_REQUIRED
  const missing = absent(required, claims) ?? absent(mapping.requires, claims)
  if (missing !== undefined) return new Reason('claim_missing', { expected: missing })
  return isWellTyped(claims) ? claims : illTyped(claims)
}

function isWellTyped(claims: JsonObject): claims is JwtClaims {
  const { iss, sub, jti, client_id: clientId, azp, exp, nbf, iat, aud } = claims as Partial<JwtClaims>
  const strings = isText(iss) && isText(sub) && isText(jti) && isText(clientId) && isText(azp)
  const times = isTime(exp) && isTime(nbf) && isTime(iat)
  return strings && times && (isText(aud) || isStringArray(aud))
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'
const isTime = (value: unknown): boolean => value === undefined || typeof value === 'number'

/** Says which claim it is. */
function illTyped(claims: JsonObject): Reason {
  const text = STRINGS.find((name) => !isText(claims[name]))
  if (text !== undefined) return malformed(text, 'a string', claims)
  const time = TIMES.find((name) => !isTime(claims[name]))
  return time === undefined
    ? malformed('aud', 'a string or strings', claims)
    : malformed(time, 'a number', claims)
}

const NONE: readonly string[] = Object.freeze([])

/** `aud` as a list; none where the claim is absent (RFC 7519 §4.1.3). */
export function audiences({ aud }: JwtClaims): readonly string[] {
  if (aud === undefined) return NONE
  return typeof aud === 'string' ? Object.freeze([aud]) : aud
}

/** Whether `value` is an array of strings only. Counted through: a token has several such lists, and frozen ones are slow to iterate. */
export function isStringArray(value: unknown): value is readonly string[] {
  if (!Array.isArray(value)) return false
  for (let at = 0; at < value.length; at++) if (typeof value[at] !== 'string') return false
  return true
}

function absent(names: readonly string[], claims: JsonObject): string | undefined {
  for (const name of names) if (claims[name] === undefined) return name
  return undefined
}

function malformed(name: string, expected: string, claims: JsonObject): Reason {
  return new Reason('claim_malformed', { expected: `${name} as ${expected}`, actual: show(claims[name]) })
}
