import type { Runtime } from '../runtime.ts'
import { withinDeadline } from './deadline.ts'
import { type Fetch, FetchFailure } from './fetch.ts'
import { MAX_BYTES } from './fetch-json.ts'
import { isFetchable } from './fetchable.ts'
import { fetchMetadata, type IssuerMatch } from './metadata.ts'

/** Milliseconds after which the metadata is read again; nobody waits for that. */
const READ_AGAIN_AFTER = 3_600_000
/** Milliseconds for which a failure is remembered: whoever sends many tokens does not make as many readings of it. */
const FAILED_FOR = 1000

type EndpointRuntime = Pick<Runtime, 'monotonic' | 'after' | 'fetchDeadline'>

/** Where the address of an endpoint is told, and how it is asked for. */
export interface EndpointLocation {
  readonly issuer: string
  readonly match: IssuerMatch
  /** The member of the metadata that names it (RFC 8414 §2): `introspection_endpoint`. */
  readonly member: string
  readonly fetch: Fetch
}

/**
 * An address that an issuer's metadata names. It is read when it is first asked for, at most once a second while that fails, and then
 * kept while the issuer cannot be asked. A reading has a deadline of its own, since it may be for many, or for nobody who waits.
 */
export class Endpoint {
  readonly #location: EndpointLocation
  readonly #runtime: EndpointRuntime
  #known: { readonly url: string; readAgainAt: number } | undefined
  #failed: { readonly error: unknown; readonly until: number } | undefined
  #reading: Promise<string> | undefined

  constructor(location: EndpointLocation, runtime: EndpointRuntime) {
    this.#location = location
    this.#runtime = runtime
  }

  /** @throws FetchFailure where the metadata cannot be had, or names no such address that may be asked; or Error at the deadline */
  find(): string | Promise<string> {
    const known = this.#known
    const now = this.#runtime.monotonic()
    if (known === undefined) {
      if (this.#failed !== undefined && now < this.#failed.until) throw this.#failed.error
      return this.#read()
    }
    if (now >= known.readAgainAt) {
      known.readAgainAt = now + READ_AGAIN_AFTER
      this.#read().catch(() => undefined)
    }
    return known.url
  }

  #read(): Promise<string> {
    this.#reading ??= withinDeadline(this.#runtime, (signal) => this.#readNow(signal))
      .catch((error: unknown) => {
        this.#failed = { error, until: this.#runtime.monotonic() + FAILED_FOR }
        throw error
      })
      .finally(() => {
        this.#reading = undefined
      })
    return this.#reading
  }

  async #readNow(signal: AbortSignal): Promise<string> {
    const { issuer, match, member, fetch } = this.#location
    const url = (await fetchMetadata(issuer, match, { fetch, signal, maxBytes: MAX_BYTES }))[member]
    if (typeof url !== 'string' || !isFetchable(url))
      throw new FetchFailure(`the metadata names no ${member} that may be asked (https, or http on loopback)`)
    this.#known = { url, readAgainAt: this.#runtime.monotonic() + READ_AGAIN_AFTER }
    return url
  }
}
