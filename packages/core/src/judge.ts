import type { RequestView } from './http/request.ts'
import type { Issuer } from './issuers/issuer.ts'
import { Case, CHECKS, type Surroundings } from './pipeline.ts'
import type { Reason } from './reason.ts'
import type { JwtClaims } from './token/claims.ts'
import type { TokenContent } from './token/compact.ts'
import { type AuthContext, authContext, type Caller } from './token/context.ts'
import type { VerificationKey } from './token/signature.ts'
import { VerifiedHeaders, VerifiedTokens } from './token/verified-cache.ts'
import { Patience } from './waiting.ts'

/** The verdict on a request; a promise only where keys or tenants must be asked for. */
export type Verdict = AuthContext | Reason | Promise<AuthContext | Reason>

/** A token that passed every check, and what its verdict hangs on. */
interface Verified {
  readonly token: TokenContent
  readonly claims: JwtClaims
  readonly issuer: Issuer
  readonly signer: VerificationKey
  readonly caller: Caller
}

const CREDENTIALS = 0
const KEY = CHECKS.findIndex(({ name }) => name === 'key')

/** Judges requests by the one list of checks, and remembers tokens that passed them: those are asked only what may have changed. */
export function createJudge(around: Surroundings): (request: RequestView) => Verdict {
  const { cache } = around.settings
  const tokens = cache === 0 ? undefined : new VerifiedTokens<Verified>(cache)
  const headers = new VerifiedHeaders()
  const surroundings: Surroundings = { ...around, headers }

  return (request) => new Judgment(request, surroundings, tokens, headers).next(CREDENTIALS)
}

/** One request on its way through the checks. */
class Judgment {
  readonly #one: Case
  readonly #surroundings: Surroundings
  readonly #tokens: VerifiedTokens<Verified> | undefined
  readonly #headers: VerifiedHeaders
  #name = ''
  #known: Verified | undefined
  #patience: Patience | undefined

  constructor(
    request: RequestView,
    surroundings: Surroundings,
    tokens: VerifiedTokens<Verified> | undefined,
    headers: VerifiedHeaders,
  ) {
    this.#one = new Case(request)
    this.#surroundings = surroundings
    this.#tokens = tokens
    this.#headers = headers
  }

  /** Asks the checks from this one on. */
  next(from: number): Verdict {
    for (let index = from; index < CHECKS.length; index++) {
      const check = CHECKS[index] as (typeof CHECKS)[number]
      if (check.once === true && this.#known !== undefined) continue
      const answer = check.ask(this.#one, this.#surroundings)
      if (answer instanceof Promise) return this.#wait(answer, index)
      if (answer !== undefined) return this.#refused(answer)
      if (!this.#passed(index)) return this.next(CREDENTIALS + 1)
    }
    return this.#admitted()
  }

  async #wait(answer: Promise<Reason | undefined>, index: number): Promise<AuthContext | Reason> {
    this.#patience ??= new Patience(this.#surroundings.runtime)
    const reason = await this.#patience.await(answer, index < KEY ? 'issuer_unavailable' : 'keys_unavailable')
    if (reason !== undefined) return this.#refused(reason)
    return this.next(this.#passed(index) ? index + 1 : CREDENTIALS + 1)
  }

  /** Notes that a check was passed; `false` where what is known of the token holds no longer, and all must be asked anew. */
  #passed(index: number): boolean {
    if (index === CREDENTIALS) this.#recall()
    if (index !== KEY || this.#known === undefined) return true
    const { issuer, signer } = this.#known
    if (issuer === this.#one.issuer && this.#one.keys.includes(signer)) return true
    this.#known = undefined
    return false
  }

  #recall(): void {
    if (this.#tokens === undefined) return
    this.#name = this.#tokens.nameOf(this.#one.text)
    this.#known = this.#tokens.get(this.#name)
    if (this.#known === undefined) return
    this.#one.token = this.#known.token
    this.#one.claims = this.#known.claims
  }

  #refused(reason: Reason): Reason {
    if (this.#known !== undefined) this.#tokens?.delete(this.#name)
    return reason
  }

  #admitted(): AuthContext {
    const { text } = this.#one
    this.#known ??= this.#remember()
    return authContext(text, this.#known.caller)
  }

  #remember(): Verified {
    const { text, jws, token, claims, issuer, signer } = this.#one
    const caller = this.#one.caller()
    const verified: Verified = { token: { header: token.header, claims }, claims, issuer, signer, caller }
    this.#headers.add(jws.headerText, token.header)
    this.#tokens?.set(this.#name, verified, text.length)
    return verified
  }
}
