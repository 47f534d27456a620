import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { audiences, checkShape, type JwtClaims } from '../token/claims.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { JsonObject } from '../token/json.ts'
import { BACK_CHANNEL_LOGOUT, isNeutralType, mediaType } from '../token/kind.ts'
import type { LogoutPolicy } from './options.ts'

/** What a logout token says: who is logged out (OpenID Connect Back-Channel Logout §2.4). */
export interface LogoutToken {
  /** `iss`. */
  readonly issuer: string
  /** The client(s) that it was sent to. */
  readonly audience: readonly string[]
  /** `sub`; there is one, or a session, or both. */
  readonly subject: string | undefined
  /** `sid`. Where there is none, all sessions of the subject are meant. */
  readonly session: string | undefined
  /** `jti`; unique within the issuer only. */
  readonly id: string
  /** `iat`, in seconds since the epoch. */
  readonly issuedAt: number
}

/** The claims that must be there beside `exp`, which a provider may lack. */
const REQUIRES = ['iss', 'aud', 'iat', 'jti', 'events']

/** The claims as what they are said to be (OpenID Connect Back-Channel Logout §2.4); `exp`, where it may lack and does, never comes. */
export function checkLogoutShape(claims: JsonObject, { mayLack }: LogoutPolicy): JwtClaims | Reason {
  const endless = mayLack.includes('exp') ? { exp: Number.POSITIVE_INFINITY } : {}
  const shape = { profile: 'jwt', mapping: { requires: REQUIRES } } as const
  return checkShape({ ...endless, ...claims }, shape)
}

/** Whether the header names the type of logout tokens, and no other (§2.4, RFC 8725 §3.11). */
export function checkLogoutType({ typ }: JoseHeader, { mayLack }: LogoutPolicy): Reason | undefined {
  if (typeof typ === 'string' && mediaType(typ) === 'logout+jwt') return undefined
  const isUntyped = typ === undefined || isNeutralType(typ)
  if (isUntyped && mayLack.includes('typ')) return undefined
  const hint = isUntyped
    ? undefined
    : 'the token is of another kind: what is posted here must be a logout token'
  return new Reason('not_a_logout_token', { expected: 'typ `logout+jwt`', actual: show(typ), hint })
}

/**
 * What a token of sound shape says, if it is a logout token for clients of ours (§2.6, steps 4 to 7). Not checked: whether any session
 * or user is known by that name; one who is logged out already is logged out (§2.7).
 */
export function readLogoutToken(claims: JwtClaims, policy: LogoutPolicy): LogoutToken | Reason {
  const flaw = checkEvent(claims) ?? checkClients(claims, policy)
  if (flaw !== undefined) return flaw
  const { iss, sub, jti, iat } = claims
  const { sid } = claims
  if (sid !== undefined && typeof sid !== 'string') return malformed('sid', sid)
  if (sub === undefined && sid === undefined) return new Reason('claim_missing', { expected: 'sub or sid' })
  if (sub === '') return malformed('sub', sub)
  if (sid === '') return malformed('sid', sid)
  if (jti === undefined || jti === '') return malformed('jti', jti)
  if (iat === undefined) return malformed('iat', iat)
  return Object.freeze({
    issuer: iss,
    audience: audiences(claims),
    subject: sub,
    session: sid,
    id: jti,
    issuedAt: iat,
  })
}

/** The one claim that says what the token is, and the one that it must not have, lest it pass for an ID token (§2.4). */
function checkEvent({ events, nonce }: JwtClaims): Reason | undefined {
  if (!isObject(events) || !isObject(events[BACK_CHANNEL_LOGOUT]))
    return new Reason('not_a_logout_token', {
      expected: `the event ${BACK_CHANNEL_LOGOUT}`,
      actual: show(events),
      hint: 'the claim events holds that member, whose value is an object',
    })
  if (nonce !== undefined)
    return new Reason('not_a_logout_token', {
      expected: 'no nonce',
      actual: 'one',
      hint: 'ID tokens have a nonce; a logout token must not',
    })
  return undefined
}

/** As for an ID token: a client of ours is named, and none that is not (§2.6 step 4, OpenID Connect Core §3.1.3.7 step 3). */
function checkClients(claims: JwtClaims, { clientIds }: LogoutPolicy): Reason | undefined {
  const named = audiences(claims)
  if (named.length > 0 && named.every((client) => clientIds.includes(client))) return undefined
  return new Reason('logout_client_unknown', { expected: show(clientIds), actual: show(named) })
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(name: string, value: unknown): Reason {
  return new Reason('claim_malformed', {
    expected: `${name} as a text that is not empty`,
    actual: show(value),
  })
}
