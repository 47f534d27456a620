import { Reason } from '../reason.ts'
import type { Runtime } from '../runtime.ts'
import { show } from '../text.ts'
import type { JoseHeader } from '../token/compact.ts'
import { differBySlash, discover, type IssuerMatch } from './discovery.ts'
import { FetchFailure, type FetchLimits, fetchJson } from './fetch-json.ts'
import { type JwkSet, readJwkSet } from './jwk-set.ts'
import type { KeySource, KeysFound } from './key-source.ts'

/** Where a remote key set is found. */
export interface KeyLocation {
  readonly issuer: string
  /** Address of the key set; without it the issuer's metadata tells. */
  readonly jwksUri?: string | undefined
  readonly match?: IssuerMatch
}

const MAX_BYTES = 1024 * 1024
/** Milliseconds that a fetched key set counts as current. */
const FRESH_FOR = 600_000
/** Milliseconds between two fetches that unknown key ids may cause. */
const UNKNOWN_KID_INTERVAL = 5000

interface Fetched {
  readonly set: JwkSet
  /** The issuer identifier that tokens must carry. */
  readonly issuer: string
  readonly at: number
}

/**
 * Keys over HTTP, by discovery or from a known address. Any number of waiting tokens share one fetch, and one deadline bounds
 * metadata and keys together. Where no keys can be had `find` rejects: that is no verdict on the token.
 */
export class RemoteKeys implements KeySource {
  readonly family = 'asymmetric' as const
  readonly #location: KeyLocation
  readonly #runtime: Runtime
  #fetched: Fetched | undefined
  #fetching: Promise<Fetched> | undefined

  constructor(location: KeyLocation, runtime: Runtime) {
    this.#location = location
    this.#runtime = runtime
  }

  find(header: JoseHeader, issuer: string): KeysFound | Promise<KeysFound> {
    const { fetched } = this
    if (fetched === undefined) return this.#fetchAndFind(header, issuer)
    const found = select(fetched, header, issuer)
    const mayBeNew = found instanceof Reason && found.code === 'key_unknown'
    return mayBeNew && this.#age(fetched) >= UNKNOWN_KID_INTERVAL ? this.#fetchAndFind(header, issuer) : found
  }

  async ready(): Promise<void> {
    if (this.fetched === undefined) await this.#fetch()
  }

  /** What is in hand, while it counts as current. */
  get fetched(): Fetched | undefined {
    return this.#fetched !== undefined && this.#age(this.#fetched) < FRESH_FOR ? this.#fetched : undefined
  }

  #age(fetched: Fetched): number {
    return this.#runtime.monotonic() - fetched.at
  }

  async #fetchAndFind(header: JoseHeader, issuer: string): Promise<KeysFound> {
    return select(await this.#fetch(), header, issuer)
  }

  #fetch(): Promise<Fetched> {
    this.#fetching ??= this.#fetchNow().finally(() => {
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
    this.#fetched = { set, issuer, at: this.#runtime.monotonic() }
    return this.#fetched
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
