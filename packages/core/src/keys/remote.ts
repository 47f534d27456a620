import { Reason } from '../reason.ts'
import type { Runtime } from '../runtime.ts'
import { differBySlash, show } from '../text.ts'
import type { JoseHeader } from '../token/compact.ts'
import { discover, type IssuerMatch } from './discovery.ts'
import { FetchFailure, type FetchLimits, fetchJson } from './fetch-json.ts'
import { describeUnusable, type JwkSet, readJwkSet } from './jwk-set.ts'
import type { KeySource, KeysFound } from './key-source.ts'

/** Where a remote key set is found. */
export interface KeyLocation {
  readonly issuer: string
  /** Address of the key set; without it the issuer's metadata tells. */
  readonly jwksUri?: string | undefined
  readonly match?: IssuerMatch
}

const MAX_BYTES = 1024 * 1024
// All in milliseconds.
const FRESH_FOR = 600_000
/** How long known keys serve beyond that while the issuer fails. */
const STALE_FOR = 3_600_000
/** How long a failure stands before the issuer is asked again. */
const RETRY_AFTER_FAILURE = 1000
/** Between two fetches that unknown key ids may cause. */
const UNKNOWN_KID_INTERVAL = 5000

interface Fetched {
  readonly set: JwkSet
  /** The issuer identifier that tokens must carry. */
  readonly issuer: string
  readonly at: number
}

/**
 * Keys over HTTP, by discovery or from a known address. Any number of waiting tokens share one fetch, one deadline bounds metadata
 * and keys together, and known keys outlast an outage for an hour. Where no keys can be had `find` rejects: that is no verdict on
 * the token.
 */
export class RemoteKeys implements KeySource {
  readonly family = 'asymmetric' as const
  readonly #location: KeyLocation
  readonly #runtime: Runtime
  #fetched: Fetched | undefined
  #fetching: Promise<Fetched> | undefined
  #failed: { readonly error: unknown; readonly at: number } | undefined
  #unknownKidAt = Number.NEGATIVE_INFINITY

  constructor(location: KeyLocation, runtime: Runtime) {
    this.#location = location
    this.#runtime = runtime
  }

  find(header: JoseHeader, issuer: string): KeysFound | Promise<KeysFound> {
    const known = this.#usable()
    if (known === undefined) return this.#fetch().then((fetched) => select(fetched, header, issuer))
    const isFresh = this.#since(known.at) < FRESH_FOR
    // Nobody waits for a renewal while keys are in hand.
    if (!isFresh) this.#fetch().catch(() => undefined)

    const found = select(known, header, issuer)
    if (!(found instanceof Reason) || found.code !== 'key_unknown') return found
    if (isFresh && !this.#mayAskForUnknownKid()) return found
    return this.#fetch().then(
      (renewed) => select(renewed, header, issuer),
      (error) => {
        // A fresh set is not to be doubted because it could not be renewed; about a key that a stale one lacks, nobody can tell.
        if (isFresh) return found
        throw error
      },
    )
  }

  async ready(): Promise<void> {
    if (this.#usable() === undefined) await this.#fetch()
  }

  /** The keys in hand, unless they are too old to serve even during an outage. */
  #usable(): Fetched | undefined {
    const known = this.#fetched
    return known !== undefined && this.#since(known.at) < FRESH_FOR + STALE_FOR ? known : undefined
  }

  #since(at: number): number {
    return this.#runtime.monotonic() - at
  }

  #mayAskForUnknownKid(): boolean {
    if (this.#fetching !== undefined) return true
    if (this.#since(this.#unknownKidAt) < UNKNOWN_KID_INTERVAL) return false
    this.#unknownKidAt = this.#runtime.monotonic()
    return true
  }

  #fetch(): Promise<Fetched> {
    if (this.#failed !== undefined && this.#since(this.#failed.at) < RETRY_AFTER_FAILURE) {
      return Promise.reject(this.#failed.error)
    }
    this.#fetching ??= this.#fetchNow()
      .then(
        (fetched) => {
          this.#failed = undefined
          this.#fetched = fetched
          return fetched
        },
        (error) => {
          this.#failed = { error, at: this.#runtime.monotonic() }
          throw error
        },
      )
      .finally(() => {
        this.#fetching = undefined
      })
    return this.#fetching
  }

  async #fetchNow(): Promise<Fetched> {
    const limits: FetchLimits = {
      signal: AbortSignal.timeout(this.#runtime.fetchDeadline),
      maxBytes: MAX_BYTES,
    }
    const { issuer, jwksUri } = await this.#locate(limits)
    const set = readJwkSet(await fetchJson(jwksUri, limits))
    if (typeof set === 'string') throw new FetchFailure(`${jwksUri} ${set}`)
    if (set.keys.length === 0)
      throw new FetchFailure(`${jwksUri} holds no usable key: ${describeUnusable(set)}`)
    return { set, issuer, at: this.#runtime.monotonic() }
  }

  async #locate(limits: FetchLimits): Promise<{ issuer: string; jwksUri: string }> {
    const { issuer, jwksUri, match = 'exact' } = this.#location
    return jwksUri === undefined ? discover(issuer, match, limits) : { issuer, jwksUri }
  }
}

function select(fetched: Fetched, header: JoseHeader, issuer: string): KeysFound {
  if (issuer === fetched.issuer) return fetched.set.find(header)
  const hint = differBySlash(issuer, fetched.issuer)
    ? 'iss and the published issuer differ by a final slash only'
    : undefined
  return new Reason('issuer_unknown', { expected: show(fetched.issuer), actual: show(issuer), hint })
}
