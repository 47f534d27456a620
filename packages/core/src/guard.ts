import type { Reason } from './reason.ts'
import type { AuthContext } from './token/context.ts'

/** Why a guard denies: a reason of status 403. */
export type Denial = Reason

/** A condition on an admitted caller: `undefined` lets through. Pure and synchronous. */
export interface Guard {
  (auth: AuthContext): Denial | undefined
  /** All scopes that the operation needs, for the `scope` of a 403 (RFC 6750 §3); of alternatives, the first one's. */
  readonly scopes?: readonly string[]
}
