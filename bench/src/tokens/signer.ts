import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto'
import { promisify } from 'node:util'

/** The algorithms that are compared. */
export type BenchAlgorithm = 'RS256' | 'ES256' | 'PS256' | 'HS256'

const signInBackground = promisify(sign)

/** What signs, and what its signatures are verified with. */
export interface Signer {
  readonly algorithm: BenchAlgorithm
  readonly kid: string
  /** The signature as a JWS carries it (RFC 7518 §3). Asymmetric ones are made on other threads. */
  sign(data: Buffer): Promise<Buffer>
}

export interface AsymmetricSigner extends Signer {
  /** The key as a key set publishes it. */
  readonly publicKey: KeyObject
  readonly jwk: JsonWebKey & { readonly kid: string; readonly alg: string }
  /** The key that `crypto.verify` can be handed bare: for PS256 one that is for PSS with this hash and salt only. */
  readonly bareKey: KeyObject
}

export interface SecretSigner extends Signer {
  readonly algorithm: 'HS256'
  readonly secret: string
}

/** New keys for one algorithm. */
export function rs256(): AsymmetricSigner {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return asymmetric('RS256', publicKey, publicKey, (data) => signInBackground('sha256', data, privateKey))
}

export function es256(): AsymmetricSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const options = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return asymmetric('ES256', publicKey, publicKey, (data) => signInBackground('sha256', data, options))
}

export function ps256(): AsymmetricSigner {
  const { publicKey: bareKey, privateKey } = generateKeyPairSync('rsa-pss', {
    modulusLength: 2048,
    hashAlgorithm: 'sha256',
    mgf1HashAlgorithm: 'sha256',
    // The types want text, Node wants a number.
    saltLength: 32 as unknown as string,
  })
  // The same numbers as a key of plain RSA, which is what key sets publish: the last part of the DER is the RSAPublicKey.
  const spki = bareKey.export({ format: 'der', type: 'spki' })
  const publicKey = createPublicKey({ key: spki.subarray(-RSA_2048_DER), format: 'der', type: 'pkcs1' })
  return asymmetric('PS256', publicKey, bareKey, (data) => signInBackground('sha256', data, privateKey))
}

/** Bytes of an RSAPublicKey (RFC 8017 A.1.1) of 2048 bits with the exponent 65537. */
const RSA_2048_DER = 270

export function hs256(): SecretSigner {
  const secret = 'a secret that only this bench knows, of more than 32 bytes'
  return {
    algorithm: 'HS256',
    kid: 'bench-HS256',
    secret,
    sign: async (data) => createHmac('sha256', secret).update(data).digest(),
  }
}

/** Signs with a key that an issuer has already, for RS256. */
export function signWith(privateKey: KeyObject, kid: string): Signer {
  return { algorithm: 'RS256', kid, sign: (data) => signInBackground('sha256', data, privateKey) }
}

function asymmetric(
  algorithm: Exclude<BenchAlgorithm, 'HS256'>,
  publicKey: KeyObject,
  bareKey: KeyObject,
  sign: (data: Buffer) => Promise<Buffer>,
): AsymmetricSigner {
  const kid = `bench-${algorithm}`
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' }
  return { algorithm, kid, publicKey, bareKey, jwk, sign }
}
