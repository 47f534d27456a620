import type { AccessToken } from 'oidc-provider'

const MOST = 10_000

/**
 * From which grant (a user's consent) each access token came. A JWT does not say, and oidc-provider keeps no record of those that it signs;
 * without one nobody could tell that a grant has been revoked since. The last 10,000, in this process: a real server asks its database.
 */
export class IssuedTokens {
  readonly #grants = new Map<string, string>()

  add({ jti, grantId }: AccessToken): void {
    if (grantId === undefined) return
    this.#grants.set(jti, grantId)
    if (this.#grants.size <= MOST) return
    const [oldest] = this.#grants.keys()
    if (oldest !== undefined) this.#grants.delete(oldest)
  }

  /** Undefined for a token that was given to a client in its own name, and for one that is not known. */
  grantOf(jti: unknown): string | undefined {
    return typeof jti === 'string' ? this.#grants.get(jti) : undefined
  }
}
