/** Signature algorithms with a key pair, by their JWS names (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2). */
export type AsymmetricAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'
  | 'Ed25519'

/** Algorithms with a shared secret (RFC 7518 §3.2). */
export type SymmetricAlgorithm = 'HS256' | 'HS384' | 'HS512'

export type Algorithm = AsymmetricAlgorithm | SymmetricAlgorithm

interface AlgorithmFacts {
  readonly family: 'RS' | 'PS' | 'ES' | 'Ed' | 'HS'
  readonly hash: 'sha256' | 'sha384' | 'sha512'
}

const FACTS: Readonly<Record<Algorithm, AlgorithmFacts>> = {
  RS256: { family: 'RS', hash: 'sha256' },
  RS384: { family: 'RS', hash: 'sha384' },
  RS512: { family: 'RS', hash: 'sha512' },
  PS256: { family: 'PS', hash: 'sha256' },
  PS384: { family: 'PS', hash: 'sha384' },
  PS512: { family: 'PS', hash: 'sha512' },
  ES256: { family: 'ES', hash: 'sha256' },
  ES384: { family: 'ES', hash: 'sha384' },
  ES512: { family: 'ES', hash: 'sha512' },
  EdDSA: { family: 'Ed', hash: 'sha512' },
  Ed25519: { family: 'Ed', hash: 'sha512' },
  HS256: { family: 'HS', hash: 'sha256' },
  HS384: { family: 'HS', hash: 'sha384' },
  HS512: { family: 'HS', hash: 'sha512' },
}

/** What an algorithm is made of; throws a TypeError for a name that this issuer cannot sign with. */
export function factsOf(algorithm: Algorithm): AlgorithmFacts {
  if (!Object.hasOwn(FACTS, algorithm)) {
    throw new TypeError(
      `algorithm ${String(algorithm)} is unknown; known are ${Object.keys(FACTS).join(', ')}`,
    )
  }
  return FACTS[algorithm]
}

export function isSymmetric(algorithm: Algorithm): algorithm is SymmetricAlgorithm {
  return factsOf(algorithm).family === 'HS'
}
