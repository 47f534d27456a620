/** What tools that look into an issuer need of the engine's own parts, so that they judge as it does. */

export { type JwkSet, readJwkSet } from './keys/jwk-set.ts'
export { SLASH_OPTIONAL } from './options.ts'
export { SYSTEM } from './runtime.ts'
export { differBySlash } from './text.ts'
export { durationInWords } from './token/times.ts'
export { type Fetch, type Fetched, FetchFailure, type FetchLimits } from './upstream/fetch.ts'
export { fetchJson, MAX_BYTES } from './upstream/fetch-json.ts'
export { isFetchable } from './upstream/fetchable.ts'
export { httpFetch } from './upstream/http.ts'
export { metadataAddresses } from './upstream/metadata.ts'
