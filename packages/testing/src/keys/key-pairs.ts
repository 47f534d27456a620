import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { calculateJwkThumbprint } from 'jose'
import { type AsymmetricAlgorithm, factsOf, type SymmetricAlgorithm } from '../algorithms.ts'

/** A public signature key as a JWK Set publishes it (RFC 7517 §4). */
export type PublicJwk = {
  kty: string
  use: 'sig'
  alg: AsymmetricAlgorithm
  kid: string
  n?: string
  e?: string
  crv?: string
  x?: string
  y?: string
}

export interface KeyPair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly publicJwk: PublicJwk
}

const generate = promisify(generateKeyPair)
const CURVES = { sha256: 'P-256', sha384: 'P-384', sha512: 'P-521' } as const
const SECRET_BYTES = { sha256: 32, sha384: 48, sha512: 64 } as const

const pairs = new Map<string, Promise<KeyPair>>()
const secrets = new Map<string, string>()

/**
 * The key pair at one place of a named ring: made on first use, then the same for the whole process,
 * because an RSA pair takes 100 ms or more.
 */
export function keyPair(algorithm: AsymmetricAlgorithm, ring: string, generation: number): Promise<KeyPair> {
  const place = `${algorithm} ${generation} ${ring}`
  const known = pairs.get(place) ?? newKeyPair(algorithm)
  pairs.set(place, known)
  return known
}

/** The shared secret at one place of a named ring; its UTF-8 bytes are the key, longer than the hash (RFC 7518 §3.2). */
export function sharedSecret(algorithm: SymmetricAlgorithm, ring: string, generation: number): string {
  const place = `${algorithm} ${generation} ${ring}`
  const known = secrets.get(place) ?? randomBytes(SECRET_BYTES[factsOf(algorithm).hash]).toString('base64url')
  secrets.set(place, known)
  return known
}

async function newKeyPair(algorithm: AsymmetricAlgorithm): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateFor(algorithm)
  const { kty = '', ...members } = publicKey.export({ format: 'jwk' })
  const thumbprint = await calculateJwkThumbprint({ kty, ...members })
  const kid = `${algorithm.toLowerCase()}-${thumbprint.slice(0, 12)}`
  return { privateKey, publicKey, publicJwk: { kty, use: 'sig', alg: algorithm, kid, ...members } }
}

function generateFor(
  algorithm: AsymmetricAlgorithm,
): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
  const { family, hash } = factsOf(algorithm)
  if (family === 'ES') return generate('ec', { namedCurve: CURVES[hash] })
  if (family === 'Ed') return generate('ed25519')
  return generate('rsa', { modulusLength: 2048 })
}
