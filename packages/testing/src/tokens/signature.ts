import { constants, createHmac, createPrivateKey, KeyObject, sign } from 'node:crypto'
import { type Algorithm, factsOf } from '../algorithms.ts'

/** What signs: a private KeyObject or PEM text; for HS algorithms the secret, whose UTF-8 bytes are the key. */
export type SigningKey = KeyObject | string | Uint8Array

/** The JWS signature over the signing input (RFC 7518 §3, RFC 8037 §3.1). */
export function signatureOf(algorithm: Algorithm, input: string, signingKey: SigningKey): Buffer {
  const { family, hash } = factsOf(algorithm)
  if (family === 'HS') return createHmac(hash, signingKey).update(input).digest()

  const data = Buffer.from(input)
  const key = privateKeyOf(signingKey)
  switch (family) {
    case 'RS':
      return sign(hash, data, key)
    case 'PS':
      return sign(hash, data, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      })
    case 'ES':
      return sign(hash, data, { key, dsaEncoding: 'ieee-p1363' })
    case 'Ed':
      return sign(null, data, key)
  }
}

function privateKeyOf(key: SigningKey): KeyObject {
  if (key instanceof KeyObject) return key
  return createPrivateKey(typeof key === 'string' ? key : Buffer.from(key))
}
