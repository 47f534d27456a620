import { Reason } from '../reason.ts'
import type { KeySource } from './key-source.ts'

const NO_KEYS: KeySource = Object.freeze({
  family: 'asymmetric',
  find: () =>
    new Reason('key_unknown', {
      hint: 'the API is configured with `noKeys()`: it takes no JWT of this issuer',
    }),
  ready: () => Promise.resolve(),
  state: () => ({ ready: true, keys: 0, age: undefined, stale: false, lastError: undefined }),
} satisfies KeySource)

/** No keys at all, for an issuer whose tokens are all opaque. A JWT that names it is refused. */
export function noKeys(): KeySource {
  return NO_KEYS
}
