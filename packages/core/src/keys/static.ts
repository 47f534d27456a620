import { ConfigurationError } from '../errors.ts'
import { describeUnusable, readJwkSet } from './jwk-set.ts'
import type { KeySource } from './key-source.ts'

/**
 * Keys that are known beforehand, as a JWK Set (RFC 7517 §5). They never change: a rotation at the issuer needs a restart.
 * Private members are dropped.
 *
 * @throws ConfigurationError where it is no key set, or where no key in it can be used.
 */
export function staticJwks(jwks: { readonly keys: readonly unknown[] }): KeySource {
  const set = readJwkSet(jwks)
  if (typeof set === 'string')
    throw new ConfigurationError('keys', set, 'Pass the parsed JSON of a JWK Set: { keys: [...] }')
  if (set.keys.length === 0) {
    const why = describeUnusable(set)
    throw new ConfigurationError(
      'keys',
      `holds no usable key: ${why}`,
      'Pass the public signing keys of the issuer',
    )
  }
  return Object.freeze({
    family: 'asymmetric' as const,
    find: (header, issuer) => set.find(header, issuer),
    trusts: (key) => set.has(key),
    ready: () => Promise.resolve(),
    state: () => ({ ready: true, keys: set.keys.length, age: undefined, stale: false, lastError: undefined }),
  } satisfies KeySource)
}
