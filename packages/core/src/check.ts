import type { ParsedJwe } from './encryption/jwe.ts'
import type { RequestView } from './http/request.ts'
import type { Issuer } from './issuers/issuer.ts'
import type { Reason } from './reason.ts'
import type { ReasonCode } from './reasons.ts'
import type { Runtime } from './runtime.ts'
import type { Settings } from './settings.ts'
import type { JwtClaims } from './token/claims.ts'
import type { KnownHeaders, ParsedJws, TokenContent } from './token/compact.ts'
import { type Caller, nameOfSigned, readCaller } from './token/context.ts'
import type { VerificationKey } from './token/signature.ts'

/** One token on its way. A field is filled once the check that finds it has passed; until then it is `undefined`. */
export class Case {
  readonly request: RequestView
  /** The token as it came. */
  text!: string
  /** The signed token: the one that came, or the one within. */
  signed!: string
  /** The encryption of the token that came, if there is one. */
  jwe: ParsedJwe | undefined
  token!: TokenContent
  jws!: ParsedJws
  issuer!: Issuer
  keys!: readonly VerificationKey[]
  signer!: VerificationKey
  claims!: JwtClaims
  /** Whether the issuer was asked about it, so that what is known holds for this request. */
  introspected = false
  /** What came of an answer about an opaque token when it was judged before: checks that hold for good are not asked again. */
  judged: { caller: Caller | undefined } | undefined

  constructor(request: RequestView) {
    this.request = request
  }

  /** Whether the answer to a check is known from the last time that the issuer's answer was judged. */
  knows({ once }: Check): boolean {
    return once === true && this.judged?.caller !== undefined
  }

  /** Who calls, once every check has passed. */
  caller(): Caller {
    const caller = readCaller(this.token.header, this.claims, this.issuer)
    return this.jwe === undefined ? caller : { ...caller, signedName: nameOfSigned(this.jws.signingInput) }
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
   * What it says of a token holds as long as its issuer and key are trusted, which `judge` asks each time: it is asked once, and not
   * again when the same token comes again. All others hang on the time, on the request, or on what the issuer says now.
   */
  readonly once?: true
  /** Why a request is refused that its answer does not come in time for. */
  readonly late?: ReasonCode
  /** Whether it has a place in the explanation of a token, where not always; if not, it counts as passed. */
  applies?(one: Case, surroundings: Surroundings): boolean
  /** Why the token is refused; a promise only where somebody must be asked, or a token be decrypted. */
  ask(one: Case, surroundings: Surroundings): Reason | undefined | Promise<Reason | undefined>
  /** What it found in a token that passes, for explanations. */
  found?(one: Case, surroundings: Surroundings): string
}
