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

  /** The answer, or, where it does not come in time, a reason of this code. What was asked goes on for those who ask next. */
  async await<T>(answer: Promise<T>, code: ReasonCode): Promise<T | Reason> {
    const { monotonic, after, fetchDeadline } = this.#runtime
    this.#until ??= monotonic() + fetchDeadline + GRACE
    let callOff = (): void => undefined
    const late = new Promise<Reason>((resolve) => {
      callOff = after(Math.max((this.#until ?? 0) - monotonic(), 0), () =>
        resolve(new Reason(code, { actual: 'no answer in time' })),
      )
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      callOff()
    }
  }
}
