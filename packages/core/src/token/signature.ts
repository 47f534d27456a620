import { createHmac, createVerify, type KeyObject, timingSafeEqual, verify } from 'node:crypto'
import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { type AlgorithmTraits, isHmac, type SignatureAlgorithm, traits } from './algorithms.ts'
import type { ParsedJws } from './compact.ts'

/** A key ready for one algorithm, and for no other. */
export interface VerificationKey {
  readonly algorithm: SignatureAlgorithm
  /** Passed to node:crypto bare: for PSS it carries hash, MGF1 hash and salt length itself. */
  readonly key: KeyObject
  readonly kid?: string | undefined
  /**
   * Length in bytes of every signature of this key, where it is fixed. OpenSSL takes an RSA signature without its leading zeros;
   * RFC 8017 §8.1.2 and §8.2.2 do not.
   */
  readonly signatureLength?: number | undefined
}

/** The one of `keys`, each of which is for the token's `alg`, under which its signature holds. */
export function findSigner(
  { header, signingInput, signature }: Pick<ParsedJws, 'header' | 'signingInput' | 'signature'>,
  keys: readonly VerificationKey[],
): VerificationKey | Reason {
  for (const key of keys) if (verifySignature(key, signingInput, signature)) return key
  const actual = `alg ${show(header.alg)}, kid ${show(header.kid)}`
  if (header['nonce'] !== undefined) return new Reason('graph_token', { actual })
  return new Reason('signature_invalid', {
    actual,
    hint: keys.some((key) => isHmac(key.algorithm)) ? OTHER_SECRET : undefined,
  })
}

const OTHER_SECRET =
  "it may be signed with the secret of the application in place of the API's, or of another API; no other secret is ever tried"

/**
 * Whether `signature` over `signingInput` holds under `key` (RFC 7518 §3, RFC 8037 §3.1). Not checked again: that the input is ASCII, as
 * `parseJws` leaves it. Synchronous: a hop to a worker thread costs several times what the signature does. Never throws for any signature.
 */
export function verifySignature(key: VerificationKey, signingInput: string, signature: Buffer): boolean {
  if (key.signatureLength !== undefined && signature.length !== key.signatureLength) return false
  const algorithm = traits(key.algorithm)
  switch (algorithm.family) {
    case 'rsa':
    case 'pss':
      return digested(algorithm, signingInput).verify(key.key, signature)
    case 'ecdsa': {
      const der = ecdsaDer(signature, algorithm.integerLength as number)
      return der !== undefined && digested(algorithm, signingInput).verify(key.key, der)
    }
    case 'eddsa':
      return verify(null, Buffer.from(signingInput, 'latin1'), key.key, signature)
    case 'hmac':
      return verifyHmac(algorithm, key.key, signingInput, signature)
  }
}

/** That the text is handed over as it is costs less than to make bytes of it first. */
function digested({ hash }: AlgorithmTraits, signingInput: string) {
  return createVerify(hash as string).update(signingInput, 'latin1')
}

function verifyHmac({ hash }: AlgorithmTraits, secret: KeyObject, input: string, signature: Buffer): boolean {
  const expected = createHmac(hash as string, secret)
    .update(input, 'latin1')
    .digest()
  return expected.length === signature.length && timingSafeEqual(expected, signature)
}

const SEQUENCE = 0x30
const INTEGER = 0x02
/** Bytes more that a length over 127 takes. */
const LONG_FORM = 1

/**
 * The DER form (RFC 3279 §2.2.3) of a JWS ECDSA signature, r and s side by side at fixed length (RFC 7518 §3.4).
 * `undefined` where the length is another or r or s is zero; that they are below the group's order is OpenSSL's to check.
 */
export function ecdsaDer(signature: Buffer, integerLength: number): Buffer | undefined {
  if (signature.length !== 2 * integerLength) return undefined
  const r = firstByte(signature, 0, integerLength)
  const s = firstByte(signature, integerLength, 2 * integerLength)
  if (r === integerLength || s === 2 * integerLength) return undefined

  const rLength = derLength(signature, r, integerLength)
  const sLength = derLength(signature, s, 2 * integerLength)
  const content = 4 + rLength + sLength
  const header = content > 127 ? LONG_FORM : 0
  const der = Buffer.allocUnsafe(2 + header + content)
  der[0] = SEQUENCE
  if (header === LONG_FORM) der[1] = 0x81
  der[1 + header] = content
  writeInteger(der, 2 + header, rLength, signature, r, integerLength)
  writeInteger(der, 4 + header + rLength, sLength, signature, s, 2 * integerLength)
  return der
}

/** Index of the first byte that is not zero, or `end`. */
function firstByte(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] === 0) at++
  return at
}

/** Length as a DER integer: one more where the top bit would make it negative. */
function derLength(bytes: Buffer, start: number, end: number): number {
  return end - start + ((bytes[start] as number) >> 7)
}

/** Writes the integer whose bytes are those from `start` to `end`, with a zero before them where `length` has one more. */
function writeInteger(
  der: Buffer,
  at: number,
  length: number,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  der[at] = INTEGER
  der[at + 1] = length
  let to = at + 2
  if (length > end - start) der[to++] = 0
  for (let from = start; from < end; from++) der[to++] = bytes[from] as number
}
