import type { Fetch, FetchLimits } from '../upstream/fetch.ts'
import { fetchJson, MAX_BYTES } from '../upstream/fetch-json.ts'
import { httpFetch } from '../upstream/http.ts'
import { discover, type IssuerMatch } from '../upstream/metadata.ts'
import { type KeyLoader, usableSet } from './loader.ts'

/** Where a remote key set is found. */
export interface KeyLocation {
  readonly issuer: string
  /** Address of the key set; without it the issuer's metadata tells. */
  readonly jwksUri?: string | undefined
  readonly match?: IssuerMatch
}

/** Loads keys over HTTP. Without a `jwksUri` the metadata is read each time, so that a changed `jwks_uri` is followed. */
export function httpLoader(location: KeyLocation, fetch: Fetch = httpFetch): KeyLoader {
  return async (last, signal) => {
    const limits: FetchLimits = { fetch, signal, maxBytes: MAX_BYTES }
    const { issuer, jwksUri } = await locate(location, limits)
    const conditional = last?.source === jwksUri ? last.etag : undefined
    const { json, etag, maxAge } = await fetchJson(jwksUri, limits, conditional)
    const set = json === undefined && last !== undefined ? last.set : usableSet(jwksUri, json, last?.set)
    return { set, issuer, source: jwksUri, etag, maxAge }
  }
}

async function locate(
  { issuer, jwksUri, match = 'exact' }: KeyLocation,
  limits: FetchLimits,
): Promise<{ issuer?: string; jwksUri: string }> {
  return jwksUri === undefined ? discover(issuer, match, limits) : { jwksUri }
}
