import { type Fetch, FetchFailure } from './fetch.ts'
import { MAX_BYTES } from './fetch-json.ts'
import { isFetchable } from './fetchable.ts'
import { fetchMetadata, type IssuerMatch } from './metadata.ts'

/** Milliseconds after which the metadata is read again; nobody waits for that. */
const READ_AGAIN_AFTER = 3_600_000

export interface EndpointLocation {
  readonly issuer: string
  readonly match: IssuerMatch
  /** The member of the metadata that names it (RFC 8414 §2): `introspection_endpoint`. */
  readonly member: string
  readonly fetch: Fetch
}

/** An address that an issuer's metadata names. It is read when it is first asked for, and then kept while the issuer cannot be asked. */
export class Endpoint {
  readonly #location: EndpointLocation
  readonly #monotonic: () => number
  #known: { readonly url: string; readAgainAt: number } | undefined
  #reading: Promise<string> | undefined

  constructor(location: EndpointLocation, monotonic: () => number) {
    this.#location = location
    this.#monotonic = monotonic
  }

  /**
   * @param signal ends the reading that this call begins
   * @throws FetchFailure where the metadata cannot be had, or names no such address that may be asked
   */
  find(signal: AbortSignal): string | Promise<string> {
    const known = this.#known
    if (known === undefined) return this.#read(signal)
    const now = this.#monotonic()
    if (now >= known.readAgainAt) {
      known.readAgainAt = now + READ_AGAIN_AFTER
      this.#read(signal).catch(() => undefined)
    }
    return known.url
  }

  #read(signal: AbortSignal): Promise<string> {
    this.#reading ??= this.#readNow(signal).finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #readNow(signal: AbortSignal): Promise<string> {
    const { issuer, match, member, fetch } = this.#location
    const url = (await fetchMetadata(issuer, match, { fetch, signal, maxBytes: MAX_BYTES }))[member]
    if (typeof url !== 'string' || !isFetchable(url))
      throw new FetchFailure(`the metadata names no ${member} that may be asked (https, or http on loopback)`)
    this.#known = { url, readAgainAt: this.#monotonic() + READ_AGAIN_AFTER }
    return url
  }
}
