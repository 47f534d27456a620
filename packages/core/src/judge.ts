import { Case, type Check, type Surroundings } from './check.ts'
import type { RequestView } from './http/request.ts'
import { INTROSPECTION } from './introspect.ts'
import type { Issuer } from './issuers/issuer.ts'
import { stillTrusts } from './keys/find.ts'
import { CREDENTIALS, JWT_WAY, wayOf } from './pipeline.ts'
import type { Reason } from './reason.ts'
import { checkStatus } from './status.ts'
import type { JwtClaims } from './token/claims.ts'
import type { JoseHeader } from './token/compact.ts'
import { type AuthContext, authContext, type Caller } from './token/context.ts'
import { Recent } from './token/recent.ts'
import type { VerificationKey } from './token/signature.ts'
import { type Proof, VerifiedTokens } from './token/verified-cache.ts'
import { Patience } from './waiting.ts'

/** The verdict on a request; a promise only where keys or tenants must be asked for, or a token be decrypted. */
export type Verdict = AuthContext | Reason | Promise<AuthContext | Reason>

/** A token that passed every check, and what that hangs on. */
interface Verified extends Proof {
  readonly issuer: Issuer
  readonly signer: VerificationKey
  readonly caller: Caller
}

/** What is asked each time, after issuer and key. JWTs whose issuer is asked are never remembered: see `admit`. */
const AGAIN = JWT_WAY.filter(({ name, once }) => once !== true && name !== INTROSPECTION)

/** Judges requests by the one list of checks. A token that passed them all is asked only what may have changed when it comes again. */
export function createJudge(around: Surroundings): (request: RequestView) => Verdict {
  const { settings, runtime } = around
  const tokens = settings.cache === 0 ? undefined : new VerifiedTokens<Verified>(settings.cache)
  // Of verified tokens only.
  const headers = new Recent<JoseHeader>()
  const surroundings: Surroundings = { ...around, headers }

  function judge(request: RequestView): Verdict {
    const one = new Case(request)
    const refusal = CREDENTIALS.ask(one, surroundings)
    if (refusal !== undefined) return refusal as Reason
    const { text } = one
    const known = tokens?.get(text)
    if (known !== undefined) {
      if (holdsStill(one, known)) return settle(authContext(text, known.caller))
      // Whatever the matter is, the whole way tells.
      tokens?.delete(text)
    }
    return walk(one, wayOf(text, settings), 0)
  }

  /** Whether what was found out about a token is still so, as far as can be told at once: its issuer, its key, its time. */
  function holdsStill(one: Case, { caller, issuer, signer }: Verified): boolean {
    if (settings.issuers.find(caller.issuer) !== issuer) return false
    if (!stillTrusts(issuer.keys, signer, caller.issuer)) return false
    one.token = caller
    one.claims = caller.claims as JwtClaims
    one.issuer = issuer
    for (const check of AGAIN) if (check.ask(one, surroundings) !== undefined) return false
    return true
  }

  function walk(one: Case, way: readonly Check[], from: number, patience?: Patience): Verdict {
    for (let index = from; index < way.length; index++) {
      const check = way[index] as Check
      const answer = one.knows(check) ? undefined : check.ask(one, surroundings)
      if (answer === undefined) continue
      if (!(answer instanceof Promise)) return answer
      return goOn(one, way, index, answer, patience)
    }
    return admit(one)
  }

  async function goOn(
    one: Case,
    way: readonly Check[],
    index: number,
    answer: Promise<Reason | undefined>,
    patience = new Patience(runtime),
  ): Promise<AuthContext | Reason> {
    const { late = 'keys_unavailable' } = way[index] as Check
    const reason = await patience.await(answer, late)
    return reason ?? walk(one, way, index + 1, patience)
  }

  function admit(one: Case): Verdict {
    const { text, jws, issuer, signer, judged } = one
    const caller = judged?.caller ?? one.caller()
    // What the issuer says now holds for as long as its answer does, and is remembered with that.
    if (judged !== undefined) judged.caller = caller
    if (one.introspected) return settle(authContext(text, caller))
    const { header, headerText } = jws
    headers.add(headerText, header)
    // A source that cannot tell whether it still trusts a key is asked for it each time.
    if (issuer.keys.trusts !== undefined)
      // Written out: from an object that is spread into another one, each known token is read a fifth more slowly.
      tokens?.add(text, ({ signed, signature }) => ({ signed, signature, issuer, signer, caller }))
    return settle(authContext(text, caller))
  }

  /** Last of all, and each time. */
  function settle(auth: AuthContext): Verdict {
    if (settings.isRevoked === undefined) return auth
    const answer = checkStatus(auth, settings.isRevoked, runtime)
    return answer instanceof Promise ? answer.then((reason) => reason ?? auth) : (answer ?? auth)
  }

  return judge
}
