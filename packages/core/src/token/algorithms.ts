/** How an algorithm's signature is made (RFC 7518 §3, RFC 8037 §3.1, RFC 9864). */
export type AlgorithmFamily = 'rsa' | 'pss' | 'ecdsa' | 'eddsa' | 'hmac'

/** What a signature algorithm fixes: the family, the hash, and for ECDSA and EdDSA the curve. */
export interface AlgorithmTraits {
  readonly family: AlgorithmFamily
  /** Name of the hash for node:crypto; `null` where the algorithm has its own (EdDSA). */
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null
  /** Length of the hash in bytes: PSS salt length, and the least length of an HMAC secret (RFC 7518 §3.2, §3.5). */
  readonly hashLength: number
  readonly curve?: string
  /** Length in bytes of each of r and s (RFC 7518 §3.4). */
  readonly integerLength?: number
}

/** Every algorithm that exists here. `none` does not, nor does ES256K. */
export const ALGORITHMS = {
  RS256: { family: 'rsa', hash: 'sha256', hashLength: 32 },
  RS384: { family: 'rsa', hash: 'sha384', hashLength: 48 },
  RS512: { family: 'rsa', hash: 'sha512', hashLength: 64 },
  PS256: { family: 'pss', hash: 'sha256', hashLength: 32 },
  PS384: { family: 'pss', hash: 'sha384', hashLength: 48 },
  PS512: { family: 'pss', hash: 'sha512', hashLength: 64 },
  ES256: { family: 'ecdsa', hash: 'sha256', hashLength: 32, curve: 'P-256', integerLength: 32 },
  ES384: { family: 'ecdsa', hash: 'sha384', hashLength: 48, curve: 'P-384', integerLength: 48 },
  ES512: { family: 'ecdsa', hash: 'sha512', hashLength: 64, curve: 'P-521', integerLength: 66 },
  EdDSA: { family: 'eddsa', hash: null, hashLength: 0, curve: 'Ed25519' },
  Ed25519: { family: 'eddsa', hash: null, hashLength: 0, curve: 'Ed25519' },
  HS256: { family: 'hmac', hash: 'sha256', hashLength: 32 },
  HS384: { family: 'hmac', hash: 'sha384', hashLength: 48 },
  HS512: { family: 'hmac', hash: 'sha512', hashLength: 64 },
} as const satisfies Record<string, AlgorithmTraits>

/** The name of a signature algorithm as `alg` gives it. */
export type SignatureAlgorithm = keyof typeof ALGORITHMS

const ALL = Object.keys(ALGORITHMS) as SignatureAlgorithm[]

/** The traits of an algorithm, typed alike for all. */
export function traits(algorithm: SignatureAlgorithm): AlgorithmTraits {
  return ALGORITHMS[algorithm]
}

/** Whether `name` is the exact name of an algorithm (letter case counts, inherited names do not). */
export function isSignatureAlgorithm(name: unknown): name is SignatureAlgorithm {
  return typeof name === 'string' && Object.hasOwn(ALGORITHMS, name)
}

/** Whether the algorithm works with a shared secret. */
export function isHmac(algorithm: SignatureAlgorithm): boolean {
  return traits(algorithm).family === 'hmac'
}

/** The default allow-list: everything that works with public keys. */
export const ASYMMETRIC: readonly SignatureAlgorithm[] = Object.freeze(ALL.filter((name) => !isHmac(name)))

/** The algorithms of shared secrets: HS256, HS384, HS512. */
export const SYMMETRIC: readonly SignatureAlgorithm[] = Object.freeze(ALL.filter(isHmac))
