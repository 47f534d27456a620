import { inTime } from './in-time.ts'
import { Reason } from './reason.ts'
import type { ReasonCode } from './reasons.ts'
import type { Runtime } from './runtime.ts'

/** Milliseconds beyond a fetch's own deadline, so that a fetch which ends there still says what it was waiting for. */
const GRACE = 500

/**
 * How long one request waits for others in all: for a tenant to be looked up and for keys to be fetched. Both have deadlines of their
 * own; a caller should not wait for one after the other.
 */
export class Patience {
  readonly #runtime: Runtime
  #until: number | undefined

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  /** The answer, or, where it does not come in time, a reason of this code. */
  await<T>(answer: Promise<T>, code: ReasonCode): Promise<T | Reason> {
    const { monotonic, fetchDeadline } = this.#runtime
    const now = monotonic()
    this.#until ??= now + fetchDeadline + GRACE
    return inTime<T | Reason>(
      this.#runtime,
      Math.max(this.#until - now, 0),
      answer,
      () => new Reason(code, { actual: 'no answer in time' }),
    )
  }
}
