import type { RequestName } from './requests.ts'
import type { Dialect } from './tokens.ts'

/** Where both APIs of a page find their issuer. */
export interface Site {
  /** The `iss` of sound tokens. */
  readonly issuer: string
  readonly audience: string
  readonly jwksUri: string
  /** Reaches the test issuer under the address of the issuer that it stands for. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>
}

/** A way in which the API answers otherwise after the move. */
export interface Difference {
  readonly requests: readonly RequestName[]
  /** As `Answer.summary` has it. */
  readonly before: string
  readonly after: string
  readonly why: string
}

/** A package that an API moves away from. Its folder here and its page in docs/migration have the same name. */
export interface Peer {
  readonly folder: string
  /** Names of the packages, as they are installed. */
  readonly packages: readonly string[]
  /** What `healthApi()` of before.js and of after.ts is called with. */
  readonly options: (site: Site) => object
  readonly differences: readonly Difference[]
  /** Requests that make no sense with this issuer, and why. */
  readonly notAsked?: { readonly requests: readonly RequestName[]; readonly why: string }
  readonly dialect?: Dialect
  /** The Authorization field as the package's example wants it. Default: `Bearer <token>`. */
  readonly credentials?: (token: string) => string
}
