import type { RequestView } from './http/request.ts'
import type { Issuer } from './issuers/issuer.ts'
import type { Reason } from './reason.ts'
import type { ReasonCode } from './reasons.ts'
import type { Runtime } from './runtime.ts'
import type { Settings } from './settings.ts'
import type { JwtClaims } from './token/claims.ts'
import type { KnownHeaders, ParsedJws, TokenContent } from './token/compact.ts'
import { type Caller, readCaller } from './token/context.ts'
import type { VerificationKey } from './token/signature.ts'

/** One token on its way. A field is filled once the check that finds it has passed; until then it is `undefined`. */
export class Case {
  readonly request: RequestView
  text!: string
  token!: TokenContent
  jws!: ParsedJws
  issuer!: Issuer
  keys!: readonly VerificationKey[]
  signer!: VerificationKey
  claims!: JwtClaims
  /** Whether the issuer was asked about it, so that what is known holds for this request. */
  introspected = false

  constructor(request: RequestView) {
    this.request = request
  }

  /** Who calls, once every check has passed. */
  caller(): Caller {
    return readCaller(this.token.header, this.claims, this.issuer)
  }
}

/** What checks need to know beside the token. */
export interface Surroundings {
  readonly settings: Settings
  readonly runtime: Runtime
  readonly headers?: KnownHeaders | undefined
}

/** One question that a token must answer. */
export interface Check {
  readonly name: string
  /** What holds when it passes, in words. */
  readonly title: string
  /** The check whose finding it needs; all between the two may fail and it can still be asked. */
  readonly needs?: string
  /**
   * What it says of a token holds as long as issuer and key are the same: it is asked once, and not again when the same token comes
   * again. All others hang on the time, on the keys that are trusted now, or on the request.
   */
  readonly once?: true
  /** What a request is refused with that had to wait for it too long. */
  readonly late?: ReasonCode
  /** Whether it has a place in the explanation of a token, where not always. */
  applies?(one: Case): boolean
  /** Why the token is refused; a promise only where keys or tenants must be asked for. */
  ask(one: Case, surroundings: Surroundings): Reason | undefined | Promise<Reason | undefined>
  /** What it found in a token that passes, for explanations. */
  found?(one: Case, surroundings: Surroundings): string
}
