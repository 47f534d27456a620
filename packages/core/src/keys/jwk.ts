import { createPublicKey, type KeyObject } from 'node:crypto'
import { ASYMMETRIC, type SignatureAlgorithm, traits } from '../token/algorithms.ts'
import type { VerificationKey } from '../token/signature.ts'
import type { JsonWebKey } from './json-web-key.ts'
import { pssKey } from './pss.ts'
import { isRocaModulus } from './roca.ts'
import { sameTenant } from './template.ts'

const MIN_MODULUS_BITS = 2048
const MIN_EXPONENT = 65_537n

/** One public key of a key set (RFC 7517 §4), made ready once for each algorithm that it fits. */
export class PublicJwk {
  readonly kid: string | undefined
  /** The algorithms that it may verify: one where the key names it, else all that fit its type and curve. */
  readonly algorithms: readonly SignatureAlgorithm[]
  readonly #key: KeyObject
  readonly #issuer: string | undefined
  readonly #signatureLength: number | undefined
  readonly #ready = new Map<SignatureAlgorithm, VerificationKey>()

  /** @param issuer the issuer that the key is bound to, as Entra writes it beside each key */
  constructor(
    kid: string | undefined,
    algorithms: readonly SignatureAlgorithm[],
    key: KeyObject,
    issuer?: string,
  ) {
    this.kid = kid
    this.#issuer = issuer
    this.algorithms = algorithms
    this.#key = key
    const bits = key.asymmetricKeyDetails?.modulusLength
    this.#signatureLength = bits === undefined ? undefined : Math.ceil(bits / 8)
  }

  /** The public members alone, and `alg` where the key has one use only. */
  toJSON(): JsonWebKey {
    const [algorithm, ...others] = this.algorithms
    const alg = others.length === 0 ? algorithm : undefined
    return {
      ...this.#key.export({ format: 'jwk' }),
      ...(this.kid !== undefined && { kid: this.kid }),
      ...(alg && { alg }),
      ...(this.#issuer !== undefined && { issuer: this.#issuer }),
    }
  }

  /** Whether the key is for one tenant only. */
  get isBound(): boolean {
    return this.#issuer !== undefined
  }

  /** Whether the key may verify tokens of `issuer`: one that is bound to a tenant is for that tenant only. */
  mayServe(issuer: string): boolean {
    return this.#issuer === undefined || sameTenant(this.#issuer, issuer)
  }

  /** Whether `other` verifies the same signatures under the same name. */
  equals(other: PublicJwk): boolean {
    return (
      this.kid === other.kid &&
      this.#issuer === other.#issuer &&
      this.algorithms.join() === other.algorithms.join() &&
      this.#key.equals(other.#key)
    )
  }

  /** The key for one algorithm, or `undefined` where it does not fit. */
  for(algorithm: SignatureAlgorithm): VerificationKey | undefined {
    let key = this.#ready.get(algorithm)
    if (key === undefined && this.algorithms.includes(algorithm)) {
      const { family, hash, hashLength } = traits(algorithm)
      const keyObject = family === 'pss' ? pssKey(this.#key, hash as string, hashLength) : this.#key
      key = Object.freeze({
        algorithm,
        key: keyObject,
        kid: this.kid,
        signatureLength: this.#signatureLength,
      })
      this.#ready.set(algorithm, key)
    }
    return key
  }
}

/** A key that can be used, or why it cannot. */
export type JwkResult = PublicJwk | { readonly unusable: string; readonly kid?: string | undefined }

/**
 * Reads one entry of a key set. Private members are dropped unread, `oct` is never taken (a published key is no secret), and
 * `use`, `key_ops` and `alg` bind (RFC 7517 §4.2-4.4). RSA keys need 2048 bits, an odd exponent of 65537 or more, and no
 * known fault in the making.
 */
export function readJwk(entry: unknown): JwkResult {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return { unusable: 'is not an object' }
  const jwk = entry as JsonWebKey
  const kid = jwk['kid']
  if (kid !== undefined && typeof kid !== 'string') return { unusable: 'has a kid that is not a string' }
  const unusable = forbiddenUse(jwk)
  if (unusable !== undefined) return { unusable, kid }

  const algorithms = fittingAlgorithms(jwk)
  if (algorithms.length === 0) return { unusable: 'has a kty, crv or alg that signs nothing here', kid }
  const key = importPublic(jwk)
  if (key === undefined) return { unusable: 'is not a valid public key', kid }
  const weakness = rsaWeakness(key)
  if (weakness !== undefined) return { unusable: weakness, kid }
  const issuer = jwk['issuer']
  return new PublicJwk(kid, algorithms, key, typeof issuer === 'string' ? issuer : undefined)
}

function forbiddenUse(jwk: JsonWebKey): string | undefined {
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') return 'is not for signatures (use)'
  const operations = jwk['key_ops']
  if (operations === undefined) return undefined
  return Array.isArray(operations) && operations.includes('verify')
    ? undefined
    : 'is not for verifying (key_ops)'
}

function fittingAlgorithms(jwk: JsonWebKey): SignatureAlgorithm[] {
  return ASYMMETRIC.filter((name) => fitsType(name, jwk) && (jwk['alg'] === undefined || jwk['alg'] === name))
}

function fitsType(algorithm: SignatureAlgorithm, { kty, crv }: JsonWebKey): boolean {
  const { family, curve } = traits(algorithm)
  if (family === 'ecdsa') return kty === 'EC' && crv === curve
  if (family === 'eddsa') return kty === 'OKP' && crv === curve
  return kty === 'RSA'
}

/** The public members and no others; `undefined` where OpenSSL does not take them (a point off the curve, say). */
function importPublic({ kty, n, e, crv, x, y }: JsonWebKey): KeyObject | undefined {
  try {
    const key = kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y }
    return createPublicKey({ key: key as JsonWebKey, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** Why a public RSA key is too weak to be used. */
export function rsaWeakness(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType !== 'rsa') return undefined
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  if (modulusLength < MIN_MODULUS_BITS)
    return `is an RSA key of ${modulusLength} bits, under ${MIN_MODULUS_BITS}`
  if (publicExponent < MIN_EXPONENT || publicExponent % 2n === 0n)
    return `has the RSA exponent ${publicExponent}`
  if (isRocaModulus(modulusOf(key))) return 'is an RSA key that can be factored (CVE-2017-15361)'
  return undefined
}

function modulusOf(key: KeyObject): bigint {
  const { n = '' } = key.export({ format: 'jwk' })
  return BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`)
}
