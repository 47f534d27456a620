import { hash } from 'node:crypto'
import type { RegisteredClaims } from '../register.ts'
import { type Actor, actorOf } from './actor.ts'
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
  /** Who acts on behalf of the subject, by the claim `act` (RFC 8693 §4.1); `may_act` makes nobody an actor. */
  readonly actor: Actor | undefined
  /** From `scope`, else `scp`; never from permissions or roles. */
  readonly scopes: readonly string[]
  readonly permissions: readonly string[]
  readonly roles: readonly string[]
  /** Seconds since the epoch. */
  readonly expiresAt: number
  /** Of an opaque token, which has none, `alg` is empty. */
  readonly header: JoseHeader
  /** Of an opaque token: what the issuer says of it (RFC 7662 §2.2). */
  readonly claims: Claims
}

/** What is known of a caller but for the token itself: the same for each request with one token. Everything in it is frozen. */
export type Caller = Omit<AuthContext, 'token'> & {
  /** The name of what is signed, where that is not the text that was sent: of an encrypted token. See `nameWithin`. */
  readonly signedName?: string | undefined
}

/** Reads who calls, and what it may do, out of a token that passed every check; `header` and `claims` are frozen as they come. */
export function readCaller(header: JoseHeader, claims: JwtClaims, policy: TokenPolicy): Caller {
  const { mapping } = policy
  return {
    scheme: 'Bearer',
    issuer: claims.iss,
    subject: claims.sub,
    clientId: mapping.client(claims),
    principal: mapping.principal(claims),
    audience: mapping.audience(claims),
    actor: actorOf(claims),
    scopes: cappedScopes(claims, policy),
    permissions: mapping.permissions(claims),
    roles: mapping.roles(claims),
    expiresAt: claims.exp,
    header,
    // Register is the application's own statement about its issuers' claims; nothing checks it (see register.ts).
    claims: claims as RegisteredClaims,
  }
}

/** The context of one request. */
export function authContext(token: string, caller: Caller): AuthContext {
  return Object.freeze(new VerifiedCaller(token, caller))
}

/** SHA-256 of what is signed in a token, base64url. */
export function nameOfSigned(signingInput: string): string {
  return hash('sha256', signingInput, 'base64url')
}

/** The name of the signed token that an encrypted one was opened to; `undefined` of all others. */
export function nameWithin(auth: AuthContext): string | undefined {
  return VerifiedCaller.nameWithin(auth)
}

/** Whether this is the context of a caller that was admitted: a resource server made it, nobody copied it or wrote it by hand. */
export function isAuthContext(auth: unknown): auth is AuthContext {
  return VerifiedCaller.made(auth)
}

class VerifiedCaller implements AuthContext {
  readonly #token: string
  readonly #signedName: string | undefined
  readonly scheme: Caller['scheme']
  readonly issuer: string
  readonly subject: string | undefined
  readonly clientId: string | undefined
  readonly principal: Principal
  readonly audience: readonly string[]
  readonly actor: Actor | undefined
  readonly scopes: readonly string[]
  readonly permissions: readonly string[]
  readonly roles: readonly string[]
  readonly expiresAt: number
  readonly header: JoseHeader
  readonly claims: RegisteredClaims

  constructor(token: string, caller: Caller) {
    this.#token = token
    this.#signedName = caller.signedName
    this.scheme = caller.scheme
    this.issuer = caller.issuer
    this.subject = caller.subject
    this.clientId = caller.clientId
    this.principal = caller.principal
    this.audience = caller.audience
    this.actor = caller.actor
    this.scopes = caller.scopes
    this.permissions = caller.permissions
    this.roles = caller.roles
    this.expiresAt = caller.expiresAt
    this.header = caller.header
    this.claims = caller.claims
  }

  static nameWithin(auth: AuthContext): string | undefined {
    return #signedName in auth ? auth.#signedName : undefined
  }

  static made(value: unknown): value is VerifiedCaller {
    return typeof value === 'object' && value !== null && #token in value
  }

  get token(): string {
    return this.#token
  }

  /** Printed with its own members only, never the token; unless `inspect` is told to pass this by (`customInspect: false`). */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: object, options: object) => string,
  ): string {
    return `AuthContext ${inspect({ ...this }, options)}`
  }
}

/** The token's scopes and those that they include, within what the API grants its client, including what that includes. */
function cappedScopes(claims: JwtClaims, { clients, implied, mapping }: TokenPolicy): readonly string[] {
  const all = (scopes: readonly string[]) => (implied === undefined ? scopes : Object.freeze(implied(scopes)))
  const scopes = all(mapping.scopes(claims))
  const cap = clients?.get(mapping.client(claims) ?? '')
  if (cap === undefined) return scopes
  const granted = all([...cap])
  return Object.freeze(scopes.filter((scope) => granted.includes(scope)))
}
