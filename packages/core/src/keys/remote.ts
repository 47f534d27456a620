import { Reason } from '../reason.ts'
import type { Runtime } from '../runtime.ts'
import { differBySlash, show } from '../text.ts'
import type { JoseHeader } from '../token/compact.ts'
import { discover, type IssuerMatch } from './discovery.ts'
import { FetchFailure, type FetchLimits, fetchJson } from './fetch-json.ts'
import { describeUnusable, type JwkSet, readJwkSet } from './jwk-set.ts'
import { KeySetState } from './key-set.ts'
import type { KeySource, KeysFound } from './key-source.ts'

/** Where a remote key set is found. */
export interface KeyLocation {
  readonly issuer: string
  /** Address of the key set; without it the issuer's metadata tells. */
  readonly jwksUri?: string | undefined
  readonly match?: IssuerMatch
}

const MAX_BYTES = 1024 * 1024

interface Fetched {
  readonly set: JwkSet
  /** The issuer identifier that tokens must carry. */
  readonly issuer: string
  readonly jwksUri: string
  readonly etag: string | undefined
}

/**
 * Keys over HTTP, by discovery or from a known address. Any number of waiting tokens share one fetch, one deadline bounds metadata and
 * keys together, and `KeySetState` says what may be served and when the issuer is asked. Where no keys can be had `find` rejects: that
 * is no verdict on the token.
 */
export class RemoteKeys implements KeySource {
  readonly family = 'asymmetric' as const
  readonly #location: KeyLocation
  readonly #runtime: Runtime
  readonly #state = new KeySetState<Fetched>()
  #fetching: Promise<Fetched> | undefined

  constructor(location: KeyLocation, runtime: Runtime) {
    this.#location = location
    this.#runtime = runtime
  }

  find(header: JoseHeader, issuer: string): KeysFound | Promise<KeysFound> {
    const now = this.#runtime.monotonic()
    const known = this.#state.value(now)
    if (known === undefined) return this.#fetch().then((fetched) => select(fetched, header, issuer))
    const phase = this.#state.phase(now)
    // Nobody waits for a renewal while keys are in hand.
    if (phase !== 'fresh') this.#fetch().catch(() => undefined)

    const found = select(known, header, issuer)
    const isUnknown = found instanceof Reason && found.code === 'key_unknown'
    return isUnknown ? this.#renewFor(found, header, issuer) : found
  }

  async ready(): Promise<void> {
    if (this.#state.value(this.#runtime.monotonic()) === undefined) await this.#fetch()
  }

  /** An unknown key id: the issuer may have a new key. A fresh set is not doubted because it could not be renewed; a stale one is. */
  #renewFor(unknown: Reason, header: JoseHeader, issuer: string): KeysFound | Promise<KeysFound> {
    const now = this.#runtime.monotonic()
    const isStale = this.#state.phase(now) === 'stale'
    if (!isStale && this.#fetching === undefined && !this.#state.spendOnUnknownKid(now)) return unknown
    return this.#fetch().then(
      (renewed) => select(renewed, header, issuer),
      (error) => {
        if (isStale) throw error
        return unknown
      },
    )
  }

  #fetch(): Promise<Fetched> {
    const pause = this.#fetching === undefined && this.#state.pause(this.#runtime.monotonic())
    if (pause) return Promise.reject(pause.error)
    this.#fetching ??= this.#fetchNow()
      .catch((error) => {
        const retryAfter = error instanceof FetchFailure ? error.retryAfter : undefined
        this.#state.failed(this.#runtime.monotonic(), error, retryAfter)
        throw error
      })
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
    const last = this.#state.last
    const conditional = last?.jwksUri === jwksUri ? last.etag : undefined
    const { json, etag, maxAge } = await fetchJson(jwksUri, limits, conditional)
    const set = json === undefined && last !== undefined ? last.set : usableSet(jwksUri, json)
    const fetched = { set, issuer, jwksUri, etag }
    this.#state.fetched(this.#runtime.monotonic(), fetched, maxAge)
    return fetched
  }

  async #locate(limits: FetchLimits): Promise<{ issuer: string; jwksUri: string }> {
    const { issuer, jwksUri, match = 'exact' } = this.#location
    return jwksUri === undefined ? discover(issuer, match, limits) : { issuer, jwksUri }
  }
}

/** @throws FetchFailure where it is no key set, or holds no key that can be used */
function usableSet(jwksUri: string, json: unknown): JwkSet {
  const set = readJwkSet(json)
  if (typeof set === 'string') throw new FetchFailure(`${jwksUri} ${set}`)
  if (set.keys.length === 0)
    throw new FetchFailure(`${jwksUri} holds no usable key: ${describeUnusable(set)}`)
  return set
}

function select(fetched: Fetched, header: JoseHeader, issuer: string): KeysFound {
  if (issuer === fetched.issuer) return fetched.set.find(header)
  const hint = differBySlash(issuer, fetched.issuer)
    ? 'iss and the published issuer differ by a final slash only'
    : undefined
  return new Reason('issuer_unknown', { expected: show(fetched.issuer), actual: show(issuer), hint })
}
