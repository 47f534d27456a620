import { FetchFailure } from '../upstream/fetch.ts'
import { describeUnusable, type JwkSet, readJwkSet } from './jwk-set.ts'

/** A key set as it came from an issuer. */
export interface LoadedKeys {
  readonly set: JwkSet
  /** The issuer identifier that tokens must carry, where the issuer's metadata told it. */
  readonly issuer?: string | undefined
  /** Where it came from, so that `etag` is shown to the same address only. */
  readonly source?: string | undefined
  readonly etag?: string | undefined
  /** Seconds that it may be kept; `undefined` where nothing is said. */
  readonly maxAge?: number | undefined
  /** Why the issuer could not be asked, where these keys stand in for its own. */
  readonly standIn?: { readonly error: unknown } | undefined
}

/**
 * Fetches a key set once.
 *
 * @param last what it gave last, however old, to be confirmed where the issuer can
 * @throws FetchFailure, or anything else, where there are no usable keys to be had
 */
export type KeyLoader = (last: LoadedKeys | undefined, signal: AbortSignal) => Promise<LoadedKeys>

/** Keys fetched by something else than our own HTTP, for the option `keys`. */
export class KeyTransport {
  readonly load: KeyLoader

  constructor(load: KeyLoader) {
    this.load = load
  }
}

/** @throws FetchFailure where `json` is no key set, or holds no key that can be used */
export function usableSet(source: string, json: unknown, previous?: JwkSet): JwkSet {
  const set = readJwkSet(json, previous)
  if (typeof set === 'string') throw new FetchFailure(`${source} ${set}`)
  if (set.keys.length === 0) throw new FetchFailure(`${source} holds no usable key: ${describeUnusable(set)}`)
  return set
}
