import { Case, type Check, type Surroundings } from './check.ts'
import { tokenKind } from './explain-kind.ts'
import { broken, type CheckResult, lastResult, resultOf } from './explain-result.ts'
import { explanationText } from './explain-text.ts'
import type { Guard } from './guard.ts'
import { checkGuard } from './guard-check.ts'
import type { RequestView } from './http/request.ts'
import { ASK_ABOUT_OPAQUE } from './introspect.ts'
import { CREDENTIALS, wayOf } from './pipeline.ts'
import type { Reason } from './reason.ts'
import type { Settings } from './settings.ts'
import { checkStatus } from './status.ts'
import { type AuthContext, authContext } from './token/context.ts'
import type { JsonObject } from './token/json.ts'

/** All that this API has to say of a token. Neither the token nor its signature is in it. */
export class Explanation {
  /** The verdict, the same as that on a request with this token. */
  readonly admitted: boolean
  /** Why it is refused: the first check that failed. */
  readonly reason: Reason | undefined
  /** What the token is, in words: `an access token`, `an ID token` … */
  readonly kind: string
  /** As they stand in the token, verified or not. */
  readonly header: JsonObject | undefined
  readonly claims: JsonObject | undefined
  readonly checks: readonly CheckResult[]
  /** What a handler would see of the caller, where the token is admitted. */
  readonly auth: AuthContext | undefined

  constructor(parts: Omit<Explanation, 'toString' | 'toJSON'>) {
    this.admitted = parts.admitted
    this.reason = parts.reason
    this.kind = parts.kind
    this.header = parts.header
    this.claims = parts.claims
    this.checks = parts.checks
    this.auth = parts.auth
    Object.freeze(this)
  }

  /** For people: verdict, checks and hint, a line each. */
  toString(): string {
    return explanationText(this)
  }

  /** For machines: plain data. */
  toJSON(): object {
    const { admitted, reason, kind, header, claims, checks } = this
    const why = reason && { code: reason.code, message: reason.message, hint: reason.hint }
    return { admitted, kind, reason: why, checks, header, claims }
  }
}

/** Puts a token to every check without stopping at the first that fails. Never rejects. */
export async function explainToken(
  token: string,
  surroundings: Surroundings,
  guard?: Guard,
): Promise<Explanation> {
  const one = new Case(requestWith(String(token), surroundings.settings.tokenHeader))
  const results: CheckResult[] = []
  const passed = new Set<string>()
  let reason: Reason | undefined
  const way = [CREDENTIALS, ...wayInAnyCase(String(token), surroundings.settings)]
  for (const check of way) {
    if (check.applies?.(one, surroundings) === false) {
      passed.add(check.name)
      continue
    }
    const proved = way.indexOf(check) <= signatureIn(way) || passed.has('signature')
    const { result, refusal } = await put(check, one, surroundings, passed, proved)
    if (result.status === 'passed' || result.status === 'unverified') passed.add(check.name)
    results.push(result)
    reason ??= refusal
  }
  const auth = results.every(({ status }) => status === 'passed') ? admit(one, results) : undefined
  if (surroundings.settings.isRevoked !== undefined) {
    const refusal = auth && (await checkStatus(auth, surroundings.settings.isRevoked, surroundings.runtime))
    results.push(lastResult(STATUS, auth, refusal))
    reason ??= refusal
  }
  if (guard !== undefined) {
    const { result, refusal } = askGuard(auth, guard, surroundings)
    results.push(result)
    reason ??= refusal
  }
  const parsed = passed.has('form') || one.introspected ? one.token : undefined
  const admitted = auth !== undefined && results.every(({ status }) => status === 'passed')
  return new Explanation({
    admitted,
    reason,
    kind: tokenKind(parsed, reason, results, signatureIn(way) === way.length),
    header: parsed?.header,
    claims: parsed?.claims,
    checks: results,
    auth: admitted ? auth : undefined,
  })
}

/** Where the function that tells opaque tokens from others throws, that is what there is to tell. */
function wayInAnyCase(token: string, settings: Settings): readonly Check[] {
  try {
    return wayOf(token, settings)
  } catch (error) {
    const ask = (): never => {
      throw error
    }
    return [{ ...ASK_ABOUT_OPAQUE, ask }]
  }
}

/** What comes before the signature is true of any token, forged ones too. An opaque token has none: its issuer was asked. */
function signatureIn(way: readonly Check[]): number {
  const index = way.findIndex(({ name }) => name === 'signature')
  return index === -1 ? way.length : index
}

const STATUS = { name: 'status', title: 'not revoked' }

const GUARD = { name: 'guard', title: 'may do what is asked' }

function askGuard(
  auth: AuthContext | undefined,
  guard: Guard,
  { settings }: Surroundings,
): { result: CheckResult; refusal?: Reason | undefined } {
  try {
    const refusal = auth && checkGuard(auth, guard, settings.scopes)
    return { result: lastResult(GUARD, auth, refusal), refusal }
  } catch (error) {
    return { result: broken(GUARD, error) }
  }
}

const CALLER = { name: 'caller', title: 'says who calls, and what it may do' }

/** The caller as a handler would see it; functions of the mapping are asked here. */
function admit(one: Case, results: CheckResult[]): AuthContext | undefined {
  try {
    return authContext(one.text, one.caller())
  } catch (error) {
    results.push(broken(CALLER, error))
    return undefined
  }
}

async function put(
  check: Check,
  one: Case,
  surroundings: Surroundings,
  passed: ReadonlySet<string>,
  proved: boolean,
): Promise<{ result: CheckResult; refusal?: Reason | undefined }> {
  if (check.needs !== undefined && !passed.has(check.needs)) return { result: resultOf(check, 'not reached') }
  try {
    const refusal = await check.ask(one, surroundings)
    if (refusal !== undefined) return { result: resultOf(check, 'failed', refusal), refusal }
    return {
      result: {
        ...resultOf(check, proved ? 'passed' : 'unverified'),
        actual: check.found?.(one, surroundings),
      },
    }
  } catch (error) {
    return { result: broken(check, error) }
  }
}

function requestWith(token: string, tokenHeader: string): RequestView {
  return { method: 'GET', query: '', header: (name) => (name === tokenHeader ? [`Bearer ${token}`] : []) }
}
