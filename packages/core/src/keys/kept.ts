import { ConfigurationError } from '../errors.ts'
import { show } from '../text.ts'
import { describeUnusable, readJwkSet } from './jwk-set.ts'
import type { LoadedKeys } from './loader.ts'
import { isTemplate } from './template.ts'

/** A key set in plain JSON, to start with it another time. */
export interface KeptKeys {
  /** Public keys (RFC 7517 §4), without any private member. */
  readonly keys: readonly object[]
  /** The issuer whose keys they are. */
  readonly issuer?: string | undefined
  /** Seconds since the epoch when they were fetched or confirmed. */
  readonly fetchedAt?: number | undefined
}

/** A kept key set, read and checked. */
export interface InitialKeys {
  readonly loaded: LoadedKeys
  /** Milliseconds since the epoch; `undefined` where its age is unknown. */
  readonly fetchedAt: number | undefined
}

/** What is handed to `onKeys`. */
export function keepKeys({ set, issuer }: LoadedKeys, configured: string, now: number): KeptKeys {
  return {
    issuer: issuer ?? configured,
    fetchedAt: Math.floor(now / 1000),
    keys: set.keys.map((key) => key.toJSON()),
  }
}

const FIX = 'Pass what `onKeys` gave, or the parsed JSON of a JWK Set; leave it out where nothing was kept'

/** Reads the option `initialKeys`. @throws ConfigurationError where it is no usable key set, or that of another issuer */
export function readKept(given: unknown, issuer: string, option: string): InitialKeys {
  const set = readJwkSet(given)
  if (typeof set === 'string') throw new ConfigurationError(option, set, FIX)
  if (set.keys.length === 0)
    throw new ConfigurationError(option, `holds no usable key: ${describeUnusable(set)}`, FIX)
  const kept = given as KeptKeys
  if (kept.issuer !== undefined && kept.issuer !== issuer) {
    throw new ConfigurationError(
      option,
      `holds the keys of ${show(kept.issuer)}, not of ${show(issuer)}`,
      'Keep one set for each issuer: its keys verify no tokens of another',
    )
  }
  const { fetchedAt } = kept
  if (fetchedAt !== undefined && !(typeof fetchedAt === 'number' && fetchedAt >= 0))
    throw new ConfigurationError(option, `has the fetchedAt ${show(fetchedAt)}`, FIX)
  const published = isTemplate(issuer) ? undefined : (kept.issuer ?? issuer)
  return {
    loaded: { set, issuer: published },
    fetchedAt: fetchedAt === undefined ? undefined : fetchedAt * 1000,
  }
}
