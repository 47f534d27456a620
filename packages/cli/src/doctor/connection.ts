import { durationInWords, type Fetch, type Fetched, httpFetch } from '@gatewarden/core/diagnostics'
import { bad, type Finding, good } from './finding.ts'

/** A fetch that notes how far the issuer's clock is from this machine's. */
export interface WatchedFetch {
  readonly fetch: Fetch
  /** Milliseconds by which the issuer's clock is ahead; `undefined` where it sends no `Date`. */
  skew(): number | undefined
  /** Whether any answer came at all. */
  answered(): boolean
}

export function watchedFetch(now: () => number = Date.now): WatchedFetch {
  let skew: number | undefined
  let answered = false
  return {
    async fetch(url, init) {
      const start = now()
      const response = await httpFetch(url, init)
      answered = true
      const time = issuerTime(response)
      // On average the answer was made half-way through the exchange.
      if (time !== undefined) skew = time - (start + now()) / 2
      return response
    },
    skew: () => skew,
    answered: () => answered,
  }
}

/**
 * What the issuer's clock shows, in milliseconds: the `Date` of its answer, and what a cache says has passed since (RFC 9111 §4.2.3).
 * Both have whole seconds, cut off: on average each is half a second more.
 */
function issuerTime({ headers }: Fetched): number | undefined {
  const date = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(date)) return undefined
  // Of a list the first counts (RFC 9111 §5.1).
  const age = /^(\d{1,9})(?:\s*,|$)/.exec(headers.get('age') ?? '')?.[1]
  return date + 500 + (age === undefined ? 0 : Number(age) * 1000 + 500)
}

/** Seconds that an API forgives by default. */
const TOLERANCE = 5

/**
 * @param skew milliseconds by which the issuer's clock is ahead
 * @param tolerance seconds that the API forgives
 */
export function clockFinding(skew: number | undefined, tolerance: number = TOLERANCE): Finding {
  if (skew === undefined) return good('clocks', 'the issuer sends no Date to compare with')
  const seconds = Math.round(Math.abs(skew) / 1000)
  if (seconds <= 1) return good('clocks', 'agree to the second')
  const detail = `the issuer's clock is ${durationInWords(seconds)} ${skew > 0 ? 'ahead' : 'behind'}`
  return seconds <= tolerance
    ? good('clocks', `${detail}, which is forgiven`)
    : bad(
        'clocks',
        detail,
        'Tokens seem expired, or issued in the future: set the clock of this machine (NTP)',
      )
}
