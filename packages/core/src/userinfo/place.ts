import { LRUCache } from 'lru-cache'
import type { Issuer } from '../issuers/issuer.ts'
import type { Runtime } from '../runtime.ts'
import { Endpoint } from '../upstream/endpoint.ts'

/** Most questions that one issuer is asked at a time. */
const MAX_IN_FLIGHT = 20
/** Longest pause that an issuer may ask for, in seconds. */
const LONGEST_PAUSE = 60
/** Most issuers whose endpoints are known: an API of many tenants has many. */
const MAX_PLACES = 1000

type Asking = Pick<Runtime, 'monotonic' | 'after' | 'fetchDeadline'>

/** One issuer's userinfo endpoint, and how much it may be asked. */
export class Place {
  readonly issuer: Issuer
  readonly #endpoint: Endpoint
  readonly #monotonic: () => number
  #inFlight = 0
  #pausedUntil = Number.NEGATIVE_INFINITY

  /** @param iss the exact `iss` of the verified token: of an issuer that stands for many tenants, this one's */
  constructor(issuer: Issuer, iss: string, runtime: Asking) {
    this.issuer = issuer
    this.#monotonic = runtime.monotonic
    const location = {
      issuer: iss,
      match: 'exact',
      member: 'userinfo_endpoint',
      fetch: issuer.fetch,
    } as const
    this.#endpoint = new Endpoint(location, runtime)
  }

  /** The address. @throws FetchFailure where the metadata cannot be had or does not name it */
  find(): string | Promise<string> {
    return this.#endpoint.find()
  }

  /** Seconds until it may be asked; 0: now. */
  wait(): number {
    const pause = Math.ceil((this.#pausedUntil - this.#monotonic()) / 1000)
    return pause > 0 ? pause : Number(this.#inFlight >= MAX_IN_FLIGHT)
  }

  /** Nothing is asked for so many seconds, or for longer where that was said before. */
  pause(seconds: number): void {
    const until = this.#monotonic() + Math.min(seconds, LONGEST_PAUSE) * 1000
    this.#pausedUntil = Math.max(this.#pausedUntil, until)
  }

  /** Counts one question that is under way. */
  async during<T>(question: () => Promise<T>): Promise<T> {
    this.#inFlight += 1
    try {
      return await question()
    } finally {
      this.#inFlight -= 1
    }
  }
}

/** The userinfo endpoints of the issuers of an API. */
export class Places {
  readonly #runtime: Asking
  readonly #places = new LRUCache<string, Place>({ max: MAX_PLACES })

  constructor(runtime: Asking) {
    this.#runtime = runtime
  }

  /** A tenant whose options have changed is another issuer. */
  of(issuer: Issuer, iss: string): Place {
    const known = this.#places.get(iss)
    if (known?.issuer === issuer) return known
    const place = new Place(issuer, iss, this.#runtime)
    this.#places.set(iss, place)
    return place
  }
}
