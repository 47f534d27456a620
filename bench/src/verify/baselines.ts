import { constants, createHmac, createSecretKey, hash, timingSafeEqual, verify } from 'node:crypto'
import type { AsymmetricSigner, SecretSigner } from '../tokens/signer.ts'
import { contender, type VerifyContender } from './contender.ts'

/** What `node:crypto` is handed: the bytes that are signed, and the signature in the form that the call wants. */
interface Signed {
  readonly data: Buffer
  readonly signature: Buffer
}

export type AnySigner = AsymmetricSigner | SecretSigner

/** Name of the baseline that others are put in proportion to. */
export const BARE = 'crypto.verify'
/** The same with an options object in place of the key, as most libraries call it for ES256 and PS256. */
export const WITH_OPTIONS = 'crypto.verify, options'

/** The signature step alone: no token is taken apart, no claim is read. */
export function asymmetricBaselines({ algorithm, publicKey, bareKey }: AsymmetricSigner): VerifyContender[] {
  const holds: (answer: unknown) => boolean = Boolean
  const form = algorithm === 'ES256' ? der : raw
  const bare = contender(
    BARE,
    'verifier',
    form,
    ({ data, signature }) => verify('sha256', data, bareKey, signature),
    holds,
  )
  if (algorithm === 'RS256') return [bare]
  const options =
    algorithm === 'ES256'
      ? ({ key: publicKey, dsaEncoding: 'ieee-p1363' } as const)
      : { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  const withOptions = contender(
    WITH_OPTIONS,
    'verifier',
    raw,
    ({ data, signature }) => verify('sha256', data, options, signature),
    holds,
  )
  return [bare, withOptions]
}

/** What takes the place of `crypto.verify` for a shared secret: the HMAC, compared in constant time. */
export function secretBaseline({ secret }: SecretSigner): VerifyContender {
  const key = createSecretKey(Buffer.from(secret))
  return contender(
    BARE,
    'verifier',
    raw,
    ({ data, signature }) => timingSafeEqual(createHmac('sha256', key).update(data).digest(), signature),
    Boolean,
  )
}

/** What a cache that is keyed by a hash of the whole token takes at the least. */
export const HASH = 'crypto.hash'

export function hashFloor(): VerifyContender {
  return contender(
    HASH,
    'floor',
    (token) => token,
    (token) => hash('sha256', token, 'base64'),
    Boolean,
  )
}

function raw(token: string): Signed {
  const end = token.lastIndexOf('.')
  return { data: Buffer.from(token.slice(0, end)), signature: Buffer.from(token.slice(end + 1), 'base64url') }
}

/** With r and s as DER, which is what `crypto.verify` takes without options (RFC 3279 §2.2.3). */
function der(token: string): Signed {
  const { data, signature } = raw(token)
  const half = signature.length / 2
  const integers = Buffer.concat([integer(signature.subarray(0, half)), integer(signature.subarray(half))])
  return { data, signature: Buffer.concat([Buffer.from([0x30, integers.length]), integers]) }
}

function integer(bytes: Buffer): Buffer {
  const digits = Buffer.from(bytes.toString('hex').replace(/^(00)+(?=..)/, ''), 'hex')
  const positive = (digits[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), digits]) : digits
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive])
}
