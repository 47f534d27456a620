import { readJwkSet } from '../../src/keys/jwk-set.ts'
import type { KeysFound } from '../../src/keys/key-source.ts'
import { SecretKey } from '../../src/keys/secret.ts'
import { Reason } from '../../src/reason.ts'
import { isHmac, isSignatureAlgorithm } from '../../src/token/algorithms.ts'
import { decodeBase64url } from '../../src/token/base64url.ts'
import { type JoseHeader, parseJws } from '../../src/token/compact.ts'
import { findSigner } from '../../src/token/signature.ts'

export type Jwk = Readonly<Record<string, unknown>>
export type Keys = Jwk | { readonly keys: readonly Jwk[] }

/**
 * What the engine does up to the signature, for a payload that need not be JSON: parse, choose a key, verify. Keys of the type `oct`
 * stand for the secrets of this API where all of them are; beside public keys they are published, and no secrets.
 */
export function verdict(jws: unknown, keys: Keys): 'accepted' | string {
  if (typeof jws !== 'string') return 'no compact serialization'
  const parsed = parseJws(jws)
  if (parsed instanceof Reason) return parsed.code
  if (decodeBase64url(parsed.payloadText) === undefined) return 'malformed_token'
  const found = find(parsed.header, keys)
  if (found instanceof Reason) return found.code
  const signer = findSigner(parsed, found)
  return signer instanceof Reason ? signer.code : 'accepted'
}

function find(header: JoseHeader, keys: Keys): KeysFound {
  const list = ('keys' in keys ? keys.keys : [keys]) as readonly Jwk[]
  if (list.length > 0 && list.every(({ kty }) => kty === 'oct')) {
    const [named, ...others] = list.filter(({ kid }) => list.length === 1 || kid === header.kid)
    return named === undefined || others.length > 0 ? new Reason('key_unknown') : findSecret(header, named)
  }
  const set = readJwkSet({ keys: list })
  return typeof set === 'string' ? new Reason('keys_unavailable') : set.find(header, '')
}

function findSecret(header: JoseHeader, { k, alg }: Jwk): KeysFound {
  if (!isSignatureAlgorithm(header.alg) || !isHmac(header.alg) || (alg !== undefined && alg !== header.alg))
    return new Reason('algorithm_not_allowed')
  const secret = new SecretKey(Buffer.from(String(k), 'base64url'))
  try {
    secret.requireLengthFor([header.alg], 'keys')
  } catch {
    return new Reason('key_unfit')
  }
  return secret.find(header)
}
