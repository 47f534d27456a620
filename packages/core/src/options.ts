import type { DecryptionOptions } from './encryption/decryption.ts'
import type { RequestView } from './http/request.ts'
import type { IssuerOptions } from './issuers/options.ts'
import type { IssuerFunction } from './issuers/tenants.ts'
import type { Reason } from './reason.ts'
import type { ScopeName } from './register.ts'
import type { ScopeHierarchy } from './scope-hierarchy.ts'
import type { IsRevoked } from './status.ts'

/** An issuer: its `iss`, or what is to be said of it, or a preset, which may stand for more than one. */
export type IssuerEntry = string | IssuerOptions | readonly IssuerOptions[]

/** How an API wants to be protected. Strict is the default; every loosening is an option with a name. */
export interface ResourceServerOptions extends Omit<IssuerOptions, 'issuer'> {
  /**
   * Whose tokens are accepted: the exact `iss`, or an issuer with options of its own, or several; or a function that knows the
   * tenants, and says of an `iss` which issuer it is.
   */
  readonly issuer: IssuerEntry | readonly IssuerEntry[] | IssuerFunction
  /** Most tenants that are kept with their keys, where `issuer` is a function. Default: 500. */
  readonly maxIssuers?: number | undefined
  /** This API's identifier(s), one of which a token's `aud` must name, byte for byte. May be left to the issuers. */
  readonly audience?: string | readonly string[] | undefined
  /** The API's scopes with a description each; they make hints readable. */
  readonly scopes?: { readonly [name in ScopeName]?: string } | undefined
  /**
   * Tokens that are remembered when they are verified a second time, so that they cost a fraction from then on; `false`: none. Whether
   * the key is still trusted, and the time, are checked each time all the same. Default: `{ max: 5000 }`.
   */
  readonly cache?: { readonly max?: number | undefined } | false | undefined
  /** Seconds by which clocks may differ, at most 300 (RFC 9068 §4). Default: 5. */
  readonly clockTolerance?: number | undefined
  /** Seconds since `iat` after which a token is refused. Default: no limit. */
  readonly maxTokenAge?: number | undefined
  /** Seconds from `iat` to `exp` beyond which a token is refused. Default: no limit. */
  readonly maxTokenLifetime?: number | undefined
  /** The realm of challenges (RFC 9110 §11.5). Default: the first audience. */
  readonly realm?: string | undefined
  /** The field that holds the token. Default: `authorization`. In any other, the token may stand without `Bearer`. */
  readonly tokenHeader?: string | undefined
  /** Let requests without credentials through, without `auth`. Bad credentials are refused as ever. Default: false. */
  readonly optional?: boolean | undefined
  /** Scopes that a scope includes, at any depth: `{ admin: ['read:patients'] }`, or a function of the scope. Default: none. */
  readonly implies?: ScopeHierarchy | undefined
  /** `throw` hands refusals to the application's own error handler, as a `RefusalError`. Default: `write`. */
  readonly refusals?: 'write' | 'throw' | undefined
  /** Is asked, last of all, whether a sound token was revoked: `denyList({ store }).isRevoked`, or a function of yours. Default: none. */
  readonly isRevoked?: IsRevoked | undefined
  /**
   * Take tokens that are encrypted for this API, as nested JWTs (RFC 9068 §4), with these private keys. Default: none, and encrypted
   * tokens are refused before any work.
   */
  readonly decryption?: DecryptionOptions | undefined
  /** Let CORS preflights through without a token, and let scripts read the challenge. Default: false. */
  readonly cors?: boolean | undefined
  /** Is told of every refusal, to log or count it. Cannot change the verdict; what it throws is swallowed. */
  readonly onRefusal?: ((reason: Reason, request: RequestView) => unknown) | undefined
}

/** Options as `optionsFromEnvironment` makes them: the issuer's final slash may be as its metadata has it. */
export const SLASH_OPTIONAL: unique symbol = Symbol('gatewarden.slash-optional')
