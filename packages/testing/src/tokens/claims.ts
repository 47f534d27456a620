import { createHash, randomUUID } from 'node:crypto'
import { type Algorithm, factsOf } from '../algorithms.ts'
import type { IdTokenOptions, TokenOptions } from './token-options.ts'

/** What the issuer says about itself and its default user. */
export interface Identity {
  /** The `iss` of its tokens now: it changes when the issuer starts to listen. */
  issuer(): string
  readonly audience: string
  readonly clientId: string
  readonly subject: string
  /** Milliseconds since the epoch. */
  clock(): number
}

export type ClaimSet = Readonly<Record<string, unknown>>

export const DEFAULT_LIFETIME = 3600

/** Seconds since the epoch (RFC 7519 §2, NumericDate). */
export const nowOf = (identity: Identity): number => Math.floor(identity.clock() / 1000)

/** RFC 9068 §2.2. */
export function accessTokenClaims(identity: Identity, options: TokenOptions): ClaimSet {
  return {
    ...commonClaims(identity, options, identity.audience),
    client_id: options.clientId ?? identity.clientId,
  }
}

/** What introspection says of a token (RFC 7662 §2.2), beside `active`. */
export function opaqueTokenClaims(identity: Identity, options: TokenOptions): ClaimSet {
  const { jti: _, ...claims } = accessTokenClaims(identity, options)
  return { ...claims, token_type: 'Bearer' }
}

/** OpenID Connect Core §2, with claims of the profile and email scopes (§5.1). */
export function idTokenClaims(identity: Identity, options: IdTokenOptions, algorithm: Algorithm): ClaimSet {
  const { jti: _, ...common } = commonClaims(identity, options, options.clientId ?? identity.clientId)
  return {
    ...common,
    auth_time: nowOf(identity),
    nonce: options.nonce ?? randomUUID(),
    at_hash: leftHalfHash(options.accessToken ?? randomUUID(), algorithm),
    sid: randomUUID(),
    name: 'Test User',
    email: 'user@example.com',
    email_verified: true,
  }
}

/** A refresh token in JWT form, as Keycloak shapes it: for the issuer itself, with a `typ` in the payload. */
export function refreshTokenClaims(identity: Identity, options: TokenOptions): ClaimSet {
  return {
    ...commonClaims(identity, options, identity.issuer()),
    typ: 'Refresh',
    azp: options.clientId ?? identity.clientId,
    sid: randomUUID(),
  }
}

/** OpenID Connect Back-Channel Logout §2.4. */
export function logoutTokenClaims(identity: Identity, options: TokenOptions): ClaimSet {
  return {
    ...commonClaims(identity, options, options.clientId ?? identity.clientId),
    sid: randomUUID(),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  }
}

function commonClaims(identity: Identity, options: TokenOptions, audience: string): ClaimSet {
  const now = nowOf(identity)
  const { scope } = options
  return {
    iss: identity.issuer(),
    aud: options.audience ?? audience,
    sub: options.subject ?? identity.subject,
    iat: now,
    exp: now + (options.expiresIn ?? DEFAULT_LIFETIME),
    jti: randomUUID(),
    scope: typeof scope === 'object' ? scope.join(' ') : scope,
  }
}

/** OpenID Connect Core §3.1.3.6. */
function leftHalfHash(token: string, algorithm: Algorithm): string {
  const digest = createHash(factsOf(algorithm).hash).update(token, 'ascii').digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
