import { type ClaimSet, type Identity, nowOf } from './claims.ts'

/** How many tokens an issuer remembers: enough for any test, and little enough for a soak of millions. */
const REMEMBERED = 10_000

/** The access tokens that the issuer has given out, the last 10 000, as its introspection and userinfo endpoints know them. */
export interface TokenRegister {
  add(token: string, claims: ClaimSet): void
  /** The claims of a token that was given out, is neither revoked nor expired, and whose `nbf` has come. */
  activeClaims(token: string): ClaimSet | undefined
  /** A token that is not known is no error (RFC 7009 §2.2). */
  revoke(token: string): void
}

export function tokenRegister(identity: Identity): TokenRegister {
  const tokens = new Map<string, ClaimSet>()

  return {
    add(token, claims) {
      tokens.set(token, claims)
      if (tokens.size <= REMEMBERED) return
      const [oldest] = tokens.keys()
      if (oldest !== undefined) tokens.delete(oldest)
    },
    activeClaims(token) {
      const claims = tokens.get(token)
      const now = nowOf(identity)
      if (typeof claims?.['exp'] === 'number' && claims['exp'] <= now) return undefined
      if (typeof claims?.['nbf'] === 'number' && claims['nbf'] > now) return undefined
      return claims
    },
    revoke: (token) => void tokens.delete(token),
  }
}
