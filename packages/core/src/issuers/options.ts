import type { KeySource } from '../keys/key-source.ts'
import type { SignatureAlgorithm } from '../token/algorithms.ts'
import type { Profile } from '../token/claims.ts'

/**
 * Clients that may use the API: a list, or for each the scopes that it may use, fewer than its tokens carry perhaps.
 * Compared with the client that the token names; a token that names none is refused.
 */
export type ClientList =
  | readonly string[]
  | { readonly [clientId: string]: { readonly scopes?: readonly string[] } }

/** What may be said of one issuer; what is left out is as the resource server has it. */
export interface IssuerOptions {
  /** The exact `iss`. */
  readonly issuer: string
  /** Address of the key set; without it and without `keys`, the issuer's metadata tells. */
  readonly jwksUri?: string | undefined
  /** Keys from elsewhere: `secret()` or `staticJwks()`. */
  readonly keys?: KeySource | undefined
  readonly algorithms?: readonly SignatureAlgorithm[] | undefined
  readonly audience?: string | readonly string[] | undefined
  readonly clients?: ClientList | undefined
  readonly profile?: Profile | undefined
}
