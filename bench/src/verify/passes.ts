import { clearNursery } from '../harness/gc.ts'

/** Whether an answer that was no exception admits the token. */
export type Accept = (answer: unknown) => boolean

/** The tokens of one contender, to be verified again and again. */
export class Passes<Input> {
  readonly #inputs: readonly Input[]
  readonly #verify: (input: Input) => unknown
  readonly #accept: Accept

  constructor(inputs: readonly Input[], verify: (input: Input) => unknown, accept: Accept) {
    this.#inputs = inputs
    this.#verify = verify
    this.#accept = accept
  }

  /** Whether every token is admitted. */
  async admitted(): Promise<boolean> {
    try {
      for (const input of this.#inputs) if (!this.#accept(await this.#verify(input))) return false
      return true
    } catch {
      return false
    }
  }

  /**
   * Microseconds for each token, in so many passes over all of them. One that answers at once is never waited for. Clearing away the
   * garbage is part of it: what one leaves would be cleared away in another's time.
   */
  async time(passes: number): Promise<number> {
    const waits = this.#verify(this.#inputs[0] as Input) instanceof Promise
    clearNursery()
    const start = process.hrtime.bigint()
    for (let pass = 0; pass < passes; pass++) {
      if (waits) await this.#passWaiting()
      else this.#pass()
    }
    clearNursery()
    return Number(process.hrtime.bigint() - start) / 1000 / (passes * this.#inputs.length)
  }

  #pass(): void {
    for (const input of this.#inputs) if (!this.#accept(this.#verify(input))) throw new Error('refused')
  }

  async #passWaiting(): Promise<void> {
    for (const input of this.#inputs) if (!this.#accept(await this.#verify(input))) throw new Error('refused')
  }
}
