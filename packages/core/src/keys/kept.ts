import { debuglog } from 'node:util'
import { ConfigurationError } from '../errors.ts'
import { differBySlash, show } from '../text.ts'
import type { IssuerMatch } from '../upstream/metadata.ts'
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

/** Takes each set that was fetched or confirmed, to be kept. */
export type OnKeys = (kept: KeptKeys) => unknown

const debug = debuglog('gatewarden')

/** To keep keys is the application's business: what its hook throws is logged and changes nothing. */
export function handOver(loaded: LoadedKeys, onKeys: OnKeys | undefined, issuer: string, now: number): void {
  if (onKeys === undefined) return
  const failed = (error: unknown) => debug('onKeys failed: %O', error)
  try {
    Promise.resolve(onKeys(keepKeys(loaded, issuer, now))).catch(failed)
  } catch (error) {
    failed(error)
  }
}

function keepKeys({ set, issuer }: LoadedKeys, configured: string, now: number): KeptKeys {
  return {
    issuer: issuer ?? configured,
    fetchedAt: Math.floor(now / 1000),
    keys: set.keys.map((key) => key.toJSON()),
  }
}

const FIX = 'Pass what `onKeys` gave, or the parsed JSON of a JWK Set; leave it out where nothing was kept'

/** For whom kept keys are read. */
export interface KeptFor {
  readonly issuer: string
  readonly match: IssuerMatch
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Reads the option `initialKeys`: one kept set, or several of which that of this issuer is taken; `undefined` where there is none.
 *
 * @throws ConfigurationError where it is no usable key set, or that of another issuer
 */
export function readKept(given: unknown, target: KeptFor, option: string): InitialKeys | undefined {
  // What a store answers that holds nothing yet.
  if (given === undefined || given === null) return undefined
  const several = Array.isArray(given)
  const kept = several ? given.find((one) => isOf(one, target)) : given
  if (several && kept === undefined) return undefined
  const set = readJwkSet(kept)
  if (typeof set === 'string') throw new ConfigurationError(option, set, FIX)
  if (set.keys.length === 0)
    throw new ConfigurationError(option, `holds no usable key: ${describeUnusable(set)}`, FIX)
  const { issuer, fetchedAt } = kept as KeptKeys
  if (issuer !== undefined && !isOf(kept, target)) {
    throw new ConfigurationError(
      option,
      `holds the keys of ${show(issuer)}, not of ${show(target.issuer)}`,
      'Keep one set for each issuer, and pass all of them in a list: keys verify no tokens of another',
    )
  }
  requireDate(fetchedAt, target.now, option)
  const published = isTemplate(target.issuer) ? undefined : (issuer ?? target.issuer)
  return {
    loaded: { set, issuer: published },
    fetchedAt: fetchedAt === undefined ? undefined : fetchedAt * 1000,
  }
}

function isOf(kept: unknown, { issuer, match }: KeptFor): boolean {
  const { issuer: of } = Object(kept) as Partial<KeptKeys>
  return of === issuer || (match === 'slash-optional' && of !== undefined && differBySlash(of, issuer))
}

const DAY = 86_400

/** @throws ConfigurationError where it is no number of seconds, or, as milliseconds are, far in the future */
function requireDate(fetchedAt: unknown, now: number, option: string): void {
  if (fetchedAt === undefined) return
  if (typeof fetchedAt === 'number' && fetchedAt >= 0 && fetchedAt <= now / 1000 + DAY) return
  throw new ConfigurationError(
    option,
    `has the fetchedAt ${show(fetchedAt)}`,
    'It is seconds since the epoch, as `onKeys` gave it',
  )
}
