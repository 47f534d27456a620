/** What the engine takes from its surroundings, so that tests can hand it other ones. */
export interface Runtime {
  /** Milliseconds since the epoch, for claims. */
  readonly now: () => number
  /** Milliseconds that never jump, for the age of keys. */
  readonly monotonic: () => number
  /** Calls back once, after so many milliseconds, without keeping the process alive. The answer calls it off. */
  readonly after: (milliseconds: number, callback: () => void) => () => void
  /** Milliseconds that an issuer has for metadata and keys together, bodies included. */
  readonly fetchDeadline: number
}

/** The machine's own clocks, and four seconds. */
export const SYSTEM: Runtime = Object.freeze({
  now: () => Date.now(),
  monotonic,
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds).unref()
    return () => clearTimeout(timer)
  },
  fetchDeadline: 4000,
} satisfies Runtime)

/** For a process whose `Date` was made to stand still: this clock must not. */
const MOST_READS = 1000

let wall = Number.NaN
let reads = 0
let elapsed = 0

/** To a millisecond, and asked once in each: to Node 20's exact clock a known token would lose more time than to any of its checks. */
function monotonic(): number {
  const now = Date.now()
  if (now === wall && ++reads < MOST_READS) return elapsed
  wall = now
  reads = 0
  elapsed = performance.now()
  return elapsed
}
