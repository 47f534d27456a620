import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Userinfo } from './answer.ts'
import type { UserinfoError } from './userinfo-error.ts'

/** What came of a question about one token. */
export interface Outcome {
  readonly found: Userinfo | UserinfoError
  /** Milliseconds for which it holds; 0 or less: nobody else shall have it. */
  readonly keepFor: number
  /** Bytes of the answer. */
  readonly size: number
}

interface Kept {
  readonly outcome: Outcome
  readonly until: number
}

const MAX_KEPT = 1000
const MAX_BYTES = 4 * 1024 * 1024

/** What was asked about tokens, by the SHA-256 of their text: once at a time for each, and kept for a while. Bounded in number and size. */
export class Outcomes {
  readonly #monotonic: () => number
  readonly #kept = new LRUCache<string, Kept>({ max: MAX_KEPT, maxSize: MAX_BYTES })
  readonly #asking = new Map<string, Promise<Outcome>>()

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic
  }

  /** @param ask is called where nobody asks already, and nothing is known. Its promise must not reject. */
  of(token: string, ask: () => Promise<Outcome>): Outcome | Promise<Outcome> {
    const name = hash('sha256', token, 'base64url')
    const kept = this.#kept.get(name)
    if (kept !== undefined && this.#monotonic() < kept.until) return kept.outcome
    return this.#asking.get(name) ?? this.#ask(name, ask)
  }

  #ask(name: string, ask: () => Promise<Outcome>): Promise<Outcome> {
    const asking = ask().then((outcome) => {
      this.#asking.delete(name)
      const { keepFor, size } = outcome
      if (keepFor > 0)
        this.#kept.set(name, { outcome, until: this.#monotonic() + keepFor }, { size: size + 1 })
      return outcome
    })
    this.#asking.set(name, asking)
    return asking
  }
}
