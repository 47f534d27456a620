/** All in milliseconds. */
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long a fetched set counts as fresh where the issuer does not say, and the bounds of what it may say. */
const FRESH_FOR = { byDefault: 10 * MINUTE, least: MINUTE, most: HOUR } as const
/** The part of that time after which a renewal is due, so that a set in use never grows stale while the issuer is well. */
const DUE_AFTER = 0.8
/** How long known keys serve beyond that while the issuer fails. */
const STALE_FOR = HOUR
/** Pauses between attempts grow from `first`, up to a bound that depends on whether keys are in hand. */
const BACKOFF = { first: SECOND / 2, mostWithout: 4 * SECOND, mostWith: 30 * SECOND } as const
/** Between two fetches that unknown key ids may cause. */
const UNKNOWN_KID_INTERVAL = 5 * SECOND

/** `empty`: nothing that may be served. `due`: fresh, and to be renewed. `stale`: served only because the issuer fails. */
export type Phase = 'empty' | 'fresh' | 'due' | 'stale'

interface Held<T> {
  readonly value: T
  readonly since: number
  readonly freshFor: number
  /** Of a set that was kept without a date nobody knows how old it is. */
  readonly ageKnown: boolean
}

interface Failure {
  readonly error: unknown
  readonly attempts: number
  /** When the attempt began: time that a hanging issuer took counts as pause. */
  readonly since: number
  readonly at: number
  readonly pause: number
}

/**
 * The life of one remote key set as a state machine without I/O: it is told what happened and the time on a clock that never jumps, and
 * says what may be served and whether to ask the issuer.
 */
export class KeySetState<T> {
  #held: Held<T> | undefined
  #failure: Failure | undefined
  #unknownKidFrom = Number.NEGATIVE_INFINITY

  /** A fetch came back. @param maxAge seconds that the issuer lets it be kept, `undefined` where it does not say */
  fetched(now: number, value: T, maxAge?: number): void {
    const freshFor =
      maxAge === undefined ? FRESH_FOR.byDefault : clamp(maxAge * SECOND, FRESH_FOR.least, FRESH_FOR.most)
    this.#held = { value, since: now, freshFor, ageKnown: true }
    this.#failure = undefined
  }

  /**
   * A set kept from an earlier process. Where its age is known it is as good as if it had been fetched then; where not, it is stale,
   * which is to be served while the issuer is asked.
   */
  kept(now: number, value: T, age?: number): void {
    const since = now - Math.max(age ?? FRESH_FOR.byDefault, 0)
    this.#held = { value, since, freshFor: FRESH_FOR.byDefault, ageKnown: age !== undefined }
  }

  /**
   * A fetch failed.
   *
   * @param retryAfter seconds that the issuer asks for, within the bounds of the backoff
   * @param since when the fetch began
   */
  failed(now: number, error: unknown, retryAfter = 0, since: number = now): void {
    const attempts = (this.#failure?.attempts ?? 0) + 1
    const pause = Math.max(BACKOFF.first * 2 ** (attempts - 1), retryAfter * SECOND)
    this.#failure = { error, attempts, since, at: now, pause }
  }

  phase(now: number): Phase {
    if (this.#held === undefined) return 'empty'
    const { since, freshFor } = this.#held
    const age = now - since
    if (age >= freshFor + STALE_FOR) return 'empty'
    if (age >= freshFor) return 'stale'
    return age >= freshFor * DUE_AFTER ? 'due' : 'fresh'
  }

  /** What may be served now without another thought: nothing is due, as nearly always. */
  fresh(now: number): T | undefined {
    return this.phase(now) === 'fresh' ? this.#held?.value : undefined
  }

  /** What may be served now. */
  value(now: number): T | undefined {
    return this.phase(now) === 'empty' ? undefined : this.#held?.value
  }

  /**
   * Whether the issuer must be asked before the set is served: it is past its time, and not because the issuer fails. So it is where
   * nobody called for long, and no timer went off meanwhile.
   */
  overslept(now: number): boolean {
    return this.phase(now) === 'stale' && this.#failure === undefined && this.#held?.ageKnown === true
  }

  /** What was fetched last, however old: to be confirmed by a 304, not to be served. */
  get last(): T | undefined {
    return this.#held?.value
  }

  /** Milliseconds since the set was fetched or confirmed. */
  age(now: number): number | undefined {
    return this.#held === undefined ? undefined : now - this.#held.since
  }

  /** Why the last fetch failed, until one goes well. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure
  }

  /** Milliseconds until the issuer should be asked without anybody's need: when a renewal falls due, or a pause ends. */
  untilNextFetch(now: number): number {
    const due = this.#held === undefined ? now : this.#held.since + this.#held.freshFor * DUE_AFTER
    const next = Math.max(due, this.#retryAt(now), now + BACKOFF.first)
    // Once keys run out the pauses are shorter: that moment is one to look again.
    return (this.#runsOutAt > now ? Math.min(next, this.#runsOutAt) : next) - now
  }

  /** The failure that stands, while it is too early to ask the issuer again. */
  pause(now: number): { readonly error: unknown } | undefined {
    return now < this.#retryAt(now) ? this.#failure : undefined
  }

  /** A pause is cut short where keys run out in the middle of it. */
  #retryAt(now: number): number {
    if (this.#failure === undefined) return now
    const most = this.phase(now) === 'empty' ? BACKOFF.mostWithout : BACKOFF.mostWith
    const { since, at, pause } = this.#failure
    return Math.max(since + Math.min(pause, most), at + BACKOFF.first)
  }

  get #runsOutAt(): number {
    return this.#held === undefined
      ? Number.NEGATIVE_INFINITY
      : this.#held.since + this.#held.freshFor + STALE_FOR
  }

  /** Whether an unknown key id may cause a fetch now; if so, the next one may not for a while. */
  spendOnUnknownKid(now: number): boolean {
    if (now < this.#unknownKidFrom || this.pause(now) !== undefined) return false
    this.#unknownKidFrom = now + UNKNOWN_KID_INTERVAL
    return true
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
