import type { RegisteredClaims } from '../register.ts'
import { audiences, isStringArray, type JwtClaims } from './claims.ts'
import { clientOf, isMachineToken } from './client.ts'
import type { JoseHeader } from './compact.ts'
import { LOGIN_CLAIMS } from './kind.ts'
import type { TokenPolicy } from './policy.ts'

/** Who calls: a client in its own name must never pass for a user, nor a user for a client (RFC 9068 §5). */
export type Principal = 'user' | 'client' | 'unknown'

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
    this.clientId = clientOf(claims)
    this.principal = principalOf(claims)
    this.audience = Object.freeze([...audiences(claims)])
    this.scopes = Object.freeze(cappedScopes(claims, policy))
    this.permissions = Object.freeze(strings(claims['permissions']))
    this.roles = Object.freeze(strings(claims['roles']))
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
function cappedScopes(claims: JwtClaims, { clients, implied }: TokenPolicy): readonly string[] {
  const all = (scopes: readonly string[]) => (implied === undefined ? scopes : implied(scopes))
  const scopes = all(scopesOf(claims))
  const cap = clients?.get(clientOf(claims) ?? '')
  if (cap === undefined) return scopes
  const granted = all([...cap])
  return scopes.filter((scope) => granted.includes(scope))
}

/** `scope` (RFC 8693 §4.2; an array is taken too), else `scp`. Values of other types grant nothing. */
function scopesOf(claims: JwtClaims): string[] {
  const scope = claims['scope'] === undefined ? claims['scp'] : claims['scope']
  const names = typeof scope === 'string' ? scope.split(' ') : strings(scope)
  return [...new Set(names)].filter((name) => name !== '')
}

function principalOf(claims: JwtClaims): Principal {
  const client = clientOf(claims)
  const actsForItself =
    isMachineToken(claims) || claims['idtyp'] === 'app' || (client !== undefined && claims.sub === client)
  const loggedIn = claims['idtyp'] === 'user' || LOGIN_CLAIMS.some((name) => claims[name] !== undefined)
  if (actsForItself) return loggedIn ? 'unknown' : 'client'
  return loggedIn && !isServiceAccount(claims) ? 'user' : 'unknown'
}

/** Keycloak gives a client that acts for itself a user of this name. Users could choose such a name, so it does not prove a client. */
function isServiceAccount({ preferred_username: name }: JwtClaims): boolean {
  return typeof name === 'string' && name.startsWith('service-account-')
}

function strings(value: unknown): string[] {
  return isStringArray(value) ? [...value] : []
}

function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) freezeDeep(member)
  return Object.freeze(value)
}
