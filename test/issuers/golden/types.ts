/** When every golden token was issued, in seconds since the epoch; tests set their clocks to a moment soon after it. */
export const ISSUED_AT = 1_790_000_000

/** When a golden token expires, unless its issuer is known for another lifetime. */
export const EXPIRES_AT = ISSUED_AT + 3600

/** When the person behind a golden token signed in. */
export const SIGNED_IN_AT = ISSUED_AT - 300

/** A token as its issuer shapes it, before it is signed. All values are made up. */
export interface GoldenToken {
  readonly name: string
  /** Without `kid`, which whoever signs the token adds; `alg` included. */
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  /** What AuthContext must say when the token is admitted, where known; by the issuer's preset, if it has one. */
  readonly expected?: {
    readonly subject?: string
    readonly clientId?: string
    readonly principal?: 'user' | 'client' | 'unknown'
    readonly scopes?: readonly string[]
    readonly permissions?: readonly string[]
    readonly roles?: readonly string[]
  }
}

/** The tokens of one issuer, in one configuration of it: which open an API, and which must not. */
export interface GoldenIssuer {
  readonly name: string
  readonly issuer: string
  /** This API's identifier as it stands in `aud`, or '' where the issuer's access tokens have no `aud`. */
  readonly audience: string
  readonly clientId: string
  /** Why the row works only with the issuer's preset; left out where the defaults do. */
  readonly needsPreset?: string
  readonly accessTokens: readonly GoldenToken[]
  readonly idTokens: readonly GoldenToken[]
  /** Other tokens of this issuer which must be refused: refresh, Graph, Management API, `service_role` and so on. */
  readonly others: readonly GoldenToken[]
  /** The pages each shape was read from. */
  readonly sources: readonly string[]
}
