import type { RequestView } from '../src/http/request.ts'
import { Reason } from '../src/reason.ts'
import type { ReasonCode } from '../src/reasons.ts'
import type { Decision, ResourceServer } from '../src/resource-server.ts'
import { ASYMMETRIC } from '../src/token/algorithms.ts'
import type { JwtClaims } from '../src/token/claims.ts'
import { completeMapping } from '../src/token/mapping.ts'
import type { TokenPolicy } from '../src/token/policy.ts'

/** Seconds since the epoch at which the tests happen. */
export const NOW = 1_800_000_000
export const ISSUER = 'https://issuer.test/'
export const AUDIENCE = 'https://api.test/'

/** The code of a reason; of anything else `admitted`. */
export function codeOf(verdict: unknown): ReasonCode | 'admitted' {
  return verdict instanceof Reason ? verdict.code : 'admitted'
}

/** The reason that a step is expected to answer. */
export function reasonOf(verdict: unknown): Reason {
  if (verdict instanceof Reason) return verdict
  throw new TypeError('the step let through')
}

export function policy(changes: Partial<TokenPolicy> = {}): TokenPolicy {
  return {
    profile: 'jwt',
    algorithms: ASYMMETRIC,
    audience: [AUDIENCE],
    clients: undefined,
    sharedSecret: false,
    tokenKind: 'detect',
    mapping: completeMapping(),
    clockTolerance: 5,
    maxTokenAge: undefined,
    maxTokenLifetime: undefined,
    implied: undefined,
    ...changes,
  }
}

/** Claims of a token that says no more than it must, with `changes`. */
export function claims(changes: Record<string, unknown> = {}): JwtClaims {
  return { iss: ISSUER, aud: AUDIENCE, exp: NOW + 600, ...changes }
}

/** A request with these fields, given as a list of names and values. */
export function request(
  fields: readonly (readonly [string, string])[],
  query = '',
  method = 'GET',
): RequestView {
  return {
    method,
    query,
    header: (name) => fields.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value),
  }
}

export const bearer = (token: string): RequestView => request([['authorization', `Bearer ${token}`]])

/** A decision in a few words: `admitted`, or status and code. */
export const verdictOf = (decision: Decision): string =>
  decision.ok ? 'admitted' : `${decision.refusal.status} ${decision.reason.code}`

/** What a server makes of a token. */
export async function outcome(server: ResourceServer, token: string): Promise<string> {
  return verdictOf(await server.authenticate(bearer(token)))
}

/** A part of a token: base64url of a text or of bytes. */
export const part = (content: string | Uint8Array): string => Buffer.from(content).toString('base64url')
