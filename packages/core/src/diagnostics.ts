/** What tools that look into an issuer need of the engine's own parts, so that they judge as it does. */
export { metadataAddresses } from './keys/discovery.ts'
export { type Fetch, FetchFailure, type FetchLimits, fetchJson, MAX_BYTES } from './keys/fetch-json.ts'
export { isFetchable } from './keys/fetchable.ts'
export { type JwkSet, readJwkSet } from './keys/jwk-set.ts'
export { SLASH_OPTIONAL } from './options.ts'
export { SYSTEM } from './runtime.ts'
export { differBySlash } from './text.ts'
export { durationInWords } from './token/times.ts'
