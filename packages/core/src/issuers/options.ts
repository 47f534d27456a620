import type { IntrospectionOptions } from '../introspection/options.ts'
import type { KeyFunction } from '../keys/function.ts'
import type { KeptKeys } from '../keys/kept.ts'
import type { KeySource } from '../keys/key-source.ts'
import type { KeyTransport } from '../keys/loader.ts'
import type { SignatureAlgorithm } from '../token/algorithms.ts'
import type { Profile } from '../token/claims.ts'
import type { ClaimMapping } from '../token/mapping.ts'
import type { TokenKindFunction } from '../token/policy.ts'
import type { Fetch } from '../upstream/fetch.ts'

/**
 * Clients that may use the API: a list, or for each the scopes that it may use, fewer than its tokens carry perhaps.
 * Compared with the client that the token names; a token that names none is refused.
 */
export type ClientList =
  | readonly string[]
  | { readonly [clientId: string]: { readonly scopes?: readonly string[] } }

/** What may be said of one issuer; what is left out is as the resource server has it. */
export interface IssuerOptions {
  /** The exact `iss`; or, with `{tenantid}` in the place of a tenant's GUID, the `iss` of any tenant (Entra; needs `jwksUri` or `keys`). */
  readonly issuer: string
  /** Address of the key set; without it and without `keys`, the issuer's metadata tells. */
  readonly jwksUri?: string | undefined
  /**
   * Keys from elsewhere: `secret()`, `staticJwks()`, `fromJwksClient()`, or a function of the token's header; `noKeys()` where all
   * its tokens are opaque.
   */
  readonly keys?: KeySource | KeyTransport | KeyFunction | undefined
  /**
   * A function like the global `fetch`, used in place of `node:http`: for a proxy or a test. The deadline, the size cap and the refusal
   * of redirects stay.
   */
  readonly fetch?: Fetch | undefined
  /**
   * Keys kept from an earlier process, to start with: what `onKeys` gave, or a JWK Set; of a list, that of this issuer; `null` is none.
   * They serve as if they had been fetched when `fetchedAt` says; without it they serve, for an hour at most, until the issuer has
   * answered.
   */
  readonly initialKeys?: KeptKeys | readonly KeptKeys[] | null | undefined
  /** Is handed the key set after each fetch, in plain JSON, to keep it for `initialKeys`. What it throws is swallowed. */
  readonly onKeys?: ((kept: KeptKeys) => unknown) | undefined
  readonly algorithms?: readonly SignatureAlgorithm[] | undefined
  readonly audience?: string | readonly string[] | undefined
  readonly clients?: ClientList | undefined
  readonly profile?: Profile | undefined
  /**
   * Whether a verified token is an access token for an API. Default: `detect`, by the rules. A function, `(claims, header) => boolean`,
   * takes their place, for an issuer whose tokens they misjudge: an explicit loosening. Only `true` admits. It is asked once for as
   * long as a token is remembered, and must say the same each time.
   */
  readonly tokenKind?: 'detect' | TokenKindFunction | undefined
  /** Where this issuer writes client, scopes, permissions and roles, if not where most do. Presets know it of theirs. */
  readonly mapping?: ClaimMapping | undefined
  /** How this issuer is asked about tokens (RFC 7662): about opaque ones, or about JWTs as well. Default: it is not. */
  readonly introspection?: IntrospectionOptions | undefined
  /** The field in which a gateway hands over this issuer's tokens. */
  readonly tokenHeader?: string | undefined
}
