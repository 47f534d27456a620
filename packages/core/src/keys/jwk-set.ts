import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { isSignatureAlgorithm } from '../token/algorithms.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { VerificationKey } from '../token/signature.ts'
import { PublicJwk, readJwk } from './jwk.ts'
import { type KeysFound, MAX_CANDIDATES } from './key-source.ts'

/** Reading a key takes some 50 µs: a hostile issuer must not make that a minute. */
const MAX_ENTRIES = 500

/** An entry of a key set that cannot be used, and why. */
export interface UnusableEntry {
  readonly index: number
  readonly kid?: string | undefined
  readonly unusable: string
}

/** A key set (RFC 7517 §5) of which the usable public keys are kept. Immutable. */
export class JwkSet {
  readonly keys: readonly PublicJwk[]
  readonly unusable: readonly UnusableEntry[]
  readonly #byKid: ReadonlyMap<string | undefined, readonly PublicJwk[]>
  /** Answers by algorithm and key id, of which there are as many as the keys give. Keys bound to tenants have none. */
  readonly #answers = new Map<string, Map<string | undefined, readonly VerificationKey[]>>()

  constructor(keys: readonly PublicJwk[], unusable: readonly UnusableEntry[]) {
    this.keys = keys
    this.unusable = unusable
    this.#byKid = byKid(keys)
  }

  /**
   * The keys to try on a token: those of its `kid`, or, where it names none, those that fit its `alg`; at most four.
   *
   * @param issuer the token's `iss`: a key that is bound to a tenant verifies no token of another
   */
  find(header: JoseHeader, issuer: string): KeysFound {
    const { alg, kid } = header
    const answer = this.#answers.get(alg)?.get(kid)
    if (answer !== undefined) return answer
    if (!isSignatureAlgorithm(alg)) return new Reason('algorithm_not_allowed', { actual: show(alg) })
    const candidates = kid === undefined ? this.keys : (this.#byKid.get(kid) ?? [])
    const named = candidates.filter((key) => key.mayServe(issuer))
    const fitting = named
      .map((key) => key.for(alg))
      .filter((key): key is VerificationKey => key !== undefined)
      .slice(0, MAX_CANDIDATES)
    if (fitting.length > 0) {
      if (!candidates.some((key) => key.isBound)) this.#remember(alg, kid, fitting)
      return fitting
    }
    return named.length === 0 || kid === undefined ? this.#unknown(kid, alg) : this.#unfit(named, alg)
  }

  /**
   * Whether a key that was found in this set, or in one that it replaced, is in it: the same object, and so for the same algorithm and
   * the same tenant (see `readJwkSet`).
   */
  has(key: VerificationKey): boolean {
    return this.#byKid.get(key.kid)?.some((one) => one.for(key.algorithm) === key) ?? false
  }

  #remember(alg: string, kid: string | undefined, keys: readonly VerificationKey[]): void {
    const ofAlgorithm = this.#answers.get(alg) ?? new Map()
    this.#answers.set(alg, ofAlgorithm.set(kid, Object.freeze(keys)))
  }

  #unknown(kid: string | undefined, alg: string): Reason {
    if (kid === undefined) return new Reason('key_unknown', { actual: `no kid, and no key for ${alg}` })
    const skipped = this.unusable.find((entry) => entry.kid === kid)
    if (skipped !== undefined)
      return new Reason('key_unfit', { actual: `the key ${show(kid)} ${skipped.unusable}` })
    const known = this.keys.map((key) => key.kid).filter((known): known is string => known !== undefined)
    return new Reason('key_unknown', { expected: `one of ${show(known)}`, actual: show(kid) })
  }

  #unfit(named: readonly PublicJwk[], alg: string): Reason {
    const possible = named.flatMap((key) => key.algorithms)
    return new Reason('key_unfit', { expected: possible.join(' or '), actual: alg })
  }
}

/**
 * Reads a parsed JSON value as a key set. Entries that cannot be used are skipped and listed, not fatal (RFC 7517 §5).
 * A string says why it is no key set; a set without entries is none. Of more than 500 entries the rest is not read.
 *
 * @param previous the set that this one replaces: what did not change is the same object, so that what was verified with it holds
 */
export function readJwkSet(json: unknown, previous?: JwkSet): JwkSet | string {
  if (typeof json !== 'object' || json === null || !('keys' in json))
    return 'is not a JWK Set: it has no member `keys`'
  const entries = json.keys
  if (!Array.isArray(entries)) return 'is not a JWK Set: `keys` is not an array'
  if (entries.length === 0) return 'is a JWK Set without keys'
  const known = byKid(previous?.keys ?? [])
  const keys: PublicJwk[] = []
  const unusable: UnusableEntry[] = []
  for (const [index, entry] of entries.slice(0, MAX_ENTRIES).entries()) {
    const key = readJwk(entry)
    if (key instanceof PublicJwk) keys.push(known.get(key.kid)?.find((one) => one.equals(key)) ?? key)
    else unusable.push({ index, ...key })
  }
  if (entries.length > MAX_ENTRIES)
    unusable.push({
      index: MAX_ENTRIES,
      unusable: `and all after it are not read: ${entries.length} are too many`,
    })
  return new JwkSet(keys, unusable)
}

function byKid(keys: readonly PublicJwk[]): ReadonlyMap<string | undefined, readonly PublicJwk[]> {
  const groups = new Map<string | undefined, PublicJwk[]>()
  for (const key of keys) groups.set(key.kid, [...(groups.get(key.kid) ?? []), key])
  return groups
}

/** Why the entries of a key set cannot be used, for messages. */
export function describeUnusable({ unusable }: JwkSet): string {
  return unusable.map(({ index, kid, unusable: why }) => `${kid ?? `keys[${index}]`} ${why}`).join('; ')
}
