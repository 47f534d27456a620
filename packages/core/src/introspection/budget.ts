/** Most seconds that an issuer which wants to be left alone is obeyed. */
const LONGEST_PAUSE = 10_000

/** How often an issuer may be asked, so that a flood of invented tokens does not become one there. Times are in milliseconds, monotonic. */
export class Budget {
  readonly #concurrent: number
  readonly #perSecond: number
  #left: number
  #since: number | undefined
  #underWay = 0
  #pausedUntil = Number.NEGATIVE_INFINITY

  constructor(concurrent: number, perSecond: number) {
    this.#concurrent = concurrent
    this.#perSecond = perSecond
    this.#left = perSecond
  }

  /** Takes leave to ask once, to be given back by `done`; or says why it may not. */
  take(now: number): string | undefined {
    if (now < this.#pausedUntil) return 'the issuer asked to be left alone for a while'
    if (this.#underWay >= this.#concurrent) return `${this.#underWay} questions are under way already`
    this.#left = Math.min(
      this.#perSecond,
      this.#left + ((now - (this.#since ?? now)) / 1000) * this.#perSecond,
    )
    this.#since = now
    if (this.#left < 1) return `${this.#perSecond} questions in a second are enough`
    this.#left--
    this.#underWay++
    return undefined
  }

  done(): void {
    this.#underWay--
  }

  /** @param seconds what the issuer said in `Retry-After` */
  pause(now: number, seconds: number): void {
    this.#pausedUntil = now + Math.min(seconds * 1000, LONGEST_PAUSE)
  }
}
