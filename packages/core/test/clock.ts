import type { Runtime } from '../src/runtime.ts'

/** A clock that goes when it is told to, with the wall clock and the timers that hang on it. */
export class TestClock implements Pick<Runtime, 'now' | 'monotonic' | 'after'> {
  #elapsed = 0
  #wall: number
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>()

  constructor(wall: number = Date.now()) {
    this.#wall = wall
  }

  readonly now = (): number => this.#wall + this.#elapsed
  readonly monotonic = (): number => this.#elapsed

  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const timer = { at: this.#elapsed + milliseconds, callback }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Lets time pass: timers go off in their order, each at its time. */
  pass(milliseconds: number): void {
    const end = this.#elapsed + milliseconds
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.#elapsed = Math.max(this.#elapsed, due.at)
      this.#timers.delete(due)
      due.callback()
    }
    this.#elapsed = end
  }

  /** Someone sets the wall clock. */
  jump(milliseconds: number): void {
    this.#wall += milliseconds
  }
}
