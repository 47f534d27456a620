import type { SignatureAlgorithm } from './algorithms.ts'
import type { JwtClaims, Profile } from './claims.ts'
import type { JoseHeader } from './compact.ts'
import type { Mapping } from './mapping.ts'

/** Whether a verified token is an access token for an API, judged in place of the rules: an explicit loosening. */
export type TokenKindFunction = (claims: JwtClaims, header: JoseHeader) => boolean

/** What an issuer's tokens are held to. Made once, at boot. */
export interface TokenPolicy {
  readonly profile: Profile
  readonly algorithms: readonly SignatureAlgorithm[]
  /** This API's identifiers, of which `aud` must name one. */
  readonly audience: readonly string[]
  /** Clients that may use this API, each with the scopes that it may use (`undefined`: all); without a list, any client. */
  readonly clients: ReadonlyMap<string, ReadonlySet<string> | undefined> | undefined
  /** Tells access tokens from others: by the rules of kind.ts, or by the application's own. */
  readonly tokenKind: 'detect' | TokenKindFunction
  readonly mapping: Mapping
  /** Whether tokens are verified with a secret of the API's own: then the key itself says whom they are for. */
  readonly sharedSecret: boolean
  /** Seconds by which clocks may differ. */
  readonly clockTolerance: number
  /** Seconds since `iat` after which a token is refused. */
  readonly maxTokenAge: number | undefined
  /** Seconds from `iat` to `exp` beyond which a token is refused. */
  readonly maxTokenLifetime: number | undefined
  /** Adds to scopes those that they include. */
  readonly implied: ((scopes: readonly string[]) => readonly string[]) | undefined
}
