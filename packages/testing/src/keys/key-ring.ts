import type { KeyObject } from 'node:crypto'
import { type Algorithm, type AsymmetricAlgorithm, isSymmetric } from '../algorithms.ts'
import { type KeyPair, keyPair, type PublicJwk, sharedSecret } from './key-pairs.ts'

/** A JWK Set with public keys only (RFC 7517 §5). */
export type JwkSet = { keys: PublicJwk[] }

export interface RotationOptions {
  /** Whether the old keys stay in the published set beside the new ones. Default: false. */
  readonly keepOld?: boolean
}

/** The keys that one issuer signs with now, and those it still publishes. */
export interface KeyRing {
  /** The name it was opened by. */
  readonly name: string
  readonly algorithms: readonly Algorithm[]
  readonly defaultAlgorithm: Algorithm
  pair(algorithm?: Algorithm): KeyPair
  secret(algorithm?: Algorithm): string
  signingKey(algorithm: Algorithm): KeyObject | string
  /** The key id that a token names; none for shared secrets and for algorithms without a key here. */
  kidOf(algorithm: Algorithm): string | undefined
  jwks(): JwkSet
  rotate(options?: RotationOptions): Promise<void>
  /** Exchanges all keys for those of another ring, from its first generation on; the same ring changes nothing. */
  moveTo(ring: string): Promise<void>
}

type Pairs = ReadonlyMap<Algorithm, KeyPair>

/** Opens a ring by name: within a process, rings of one name hold the same keys. */
export async function openKeyRing(name: string, algorithms: readonly Algorithm[]): Promise<KeyRing> {
  const [defaultAlgorithm] = algorithms
  if (defaultAlgorithm === undefined)
    throw new TypeError("algorithms is empty; name at least one, e.g. ['RS256']")

  let ring = name
  let generation = 0
  let current = await pairsOf(algorithms, ring, generation)
  let retired: readonly KeyPair[] = []

  const known = (algorithm: Algorithm): void => {
    if (algorithms.includes(algorithm)) return
    const fix = [...algorithms, algorithm].map((each) => `'${each}'`).join(', ')
    throw new TypeError(
      `this issuer has no ${algorithm} key; make it with createTestIssuer({ algorithms: [${fix}] })`,
    )
  }

  const pair = (algorithm: Algorithm = defaultAlgorithm): KeyPair => {
    known(algorithm)
    const found = current.get(algorithm)
    if (found === undefined)
      throw new TypeError(`${algorithm} has a shared secret, no key pair; see secret()`)
    return found
  }

  const secret = (algorithm: Algorithm = defaultAlgorithm): string => {
    known(algorithm)
    if (!isSymmetric(algorithm))
      throw new TypeError(`${algorithm} has a key pair, no shared secret; see privateKey()`)
    return sharedSecret(algorithm, ring, generation)
  }

  return {
    name,
    algorithms,
    defaultAlgorithm,
    pair,
    secret,
    signingKey: (algorithm) => (isSymmetric(algorithm) ? secret(algorithm) : pair(algorithm).privateKey),
    kidOf: (algorithm) => current.get(algorithm)?.publicJwk.kid,
    jwks: () => ({ keys: [...retired, ...current.values()].map(({ publicJwk }) => ({ ...publicJwk })) }),
    async rotate({ keepOld = false } = {}) {
      const old = current
      current = await pairsOf(algorithms, ring, generation + 1)
      generation += 1
      retired = keepOld ? [...retired, ...old.values()] : []
    },
    async moveTo(other) {
      if (other === ring) return
      current = await pairsOf(algorithms, other, 0)
      ring = other
      generation = 0
      retired = []
    },
  }
}

async function pairsOf(algorithms: readonly Algorithm[], ring: string, generation: number): Promise<Pairs> {
  const asymmetric = algorithms.filter((algorithm) => !isSymmetric(algorithm)) as AsymmetricAlgorithm[]
  return new Map(
    await Promise.all(
      asymmetric.map(async (algorithm) => [algorithm, await keyPair(algorithm, ring, generation)] as const),
    ),
  )
}
