import type { Check } from './check.ts'
import type { Reason } from './reason.ts'
import type { ReasonCode } from './reasons.ts'
import { messageOf } from './text.ts'
import type { AuthContext } from './token/context.ts'

/**
 * `unverified`: it would pass, but the signature does not hold or could not be checked, so that it means nothing.
 * `not reached`: what it asks about was not to be had.
 */
export type CheckStatus = 'passed' | 'failed' | 'unverified' | 'not reached'

/** What one check said of a token. Values of the token stand in it escaped and cut. */
export interface CheckResult {
  readonly name: string
  /** What holds when it passes. */
  readonly title: string
  readonly status: CheckStatus
  readonly code: ReasonCode | undefined
  readonly expected: string | undefined
  readonly actual: string | undefined
  readonly hint: string | undefined
}

/** What a check is called. */
type Named = Pick<Check, 'name' | 'title'>

/** What a check said, with the reason where it failed. */
export function resultOf({ name, title }: Named, status: CheckStatus, reason?: Reason): CheckResult {
  const { code, expected, actual, hint } = reason ?? {}
  return { name, title, status, code, expected, actual, hint }
}

/** Of what is asked only where everything else holds. */
export function lastResult(
  check: Named,
  auth: AuthContext | undefined,
  refusal: Reason | undefined,
): CheckResult {
  if (auth === undefined) return resultOf(check, 'not reached')
  return resultOf(check, refusal === undefined ? 'passed' : 'failed', refusal)
}

/** A function of the application's own threw; a request would be answered 500. */
export function broken(check: Named, error: unknown): CheckResult {
  const hint = 'a function among the options threw; requests with this token are answered 500'
  return { ...resultOf(check, 'failed'), actual: messageOf(error), hint }
}
