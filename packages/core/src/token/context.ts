import type { RegisteredClaims } from '../register.ts'
import type { JwtClaims } from './claims.ts'
import type { JoseHeader } from './compact.ts'
import type { TokenPolicy } from './policy.ts'
import type { Principal } from './principal.ts'

/** What is known of an admitted caller. Frozen, with everything in it. */
export interface AuthContext<Claims = RegisteredClaims> {
  /** The token as sent. Not shown when the context is printed, spread or serialized. */
  readonly token: string
  readonly scheme: 'Bearer' | 'DPoP'
  /** `iss` (RFC 7519 §4.1.1). */
  readonly issuer: string
  /** `sub`; unique within the issuer only (RFC 7519 §4.1.2). */
  readonly subject: string | undefined
  /** The client that the token was given to. */
  readonly clientId: string | undefined
  /** A client in its own name never passes for a user, nor a user for a client (RFC 9068 §5). */
  readonly principal: Principal
  readonly audience: readonly string[]
  /** From `scope`, else `scp`; never from permissions or roles. */
  readonly scopes: readonly string[]
  readonly permissions: readonly string[]
  readonly roles: readonly string[]
  /** Seconds since the epoch. */
  readonly expiresAt: number
  readonly header: JoseHeader
  readonly claims: Claims
}

/** Makes the context of a token that passed every check. `claims` and `header` are frozen, at every depth. */
export function authContext(
  token: string,
  header: JoseHeader,
  claims: JwtClaims,
  policy: TokenPolicy,
): AuthContext {
  return Object.freeze(new VerifiedCaller(token, freezeDeep(header), freezeDeep(claims), policy))
}

class VerifiedCaller implements AuthContext {
  readonly #token: string
  readonly scheme = 'Bearer' as const
  readonly issuer: string
  readonly subject: string | undefined
  readonly clientId: string | undefined
  readonly principal: Principal
  readonly audience: readonly string[]
  readonly scopes: readonly string[]
  readonly permissions: readonly string[]
  readonly roles: readonly string[]
  readonly expiresAt: number
  readonly header: JoseHeader
  readonly claims: RegisteredClaims

  constructor(token: string, header: JoseHeader, claims: JwtClaims, policy: TokenPolicy) {
    this.#token = token
    this.issuer = claims.iss
    this.subject = claims.sub
    const { mapping } = policy
    this.clientId = mapping.client(claims)
    this.principal = mapping.principal(claims)
    this.audience = Object.freeze([...mapping.audience(claims)])
    this.scopes = Object.freeze(cappedScopes(claims, policy))
    this.permissions = Object.freeze([...mapping.permissions(claims)])
    this.roles = Object.freeze([...mapping.roles(claims)])
    this.expiresAt = claims.exp
    this.header = header
    // Register is the application's own statement about its issuers' claims; nothing checks it (see register.ts).
    this.claims = claims as RegisteredClaims
  }

  get token(): string {
    return this.#token
  }
}

/** The token's scopes and those that they include, within what the API grants its client, including what that includes. */
function cappedScopes(claims: JwtClaims, { clients, implied, mapping }: TokenPolicy): readonly string[] {
  const all = (scopes: readonly string[]) => (implied === undefined ? [...scopes] : implied(scopes))
  const scopes = all(mapping.scopes(claims))
  const cap = clients?.get(mapping.client(claims) ?? '')
  if (cap === undefined) return scopes
  const granted = all([...cap])
  return scopes.filter((scope) => granted.includes(scope))
}

function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) freezeDeep(member)
  return Object.freeze(value)
}
