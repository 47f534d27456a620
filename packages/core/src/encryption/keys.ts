import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto'
import { ConfigurationError } from '../errors.ts'
import type { JsonWebKey } from '../keys/json-web-key.ts'
import { rsaWeakness } from '../keys/jwk.ts'
import { show } from '../text.ts'
import type { KeyManagement } from './algorithms.ts'

/** A private key of this API: a JWK (RFC 7517), a key of node:crypto, or PEM text. Only a JWK can carry a `kid`. */
export type DecryptionKey = (JsonWebKey & { readonly kid?: string }) | KeyObject | string

/** A private key that is ready for use, for one algorithm and no other. */
export interface PrivateKey {
  readonly key: KeyObject
  readonly kid: string | undefined
  readonly alg: KeyManagement
  /** `crv` of a key that keys are agreed with (RFC 7518 §6.2.1.1, RFC 8037 §2). */
  readonly curve: string | undefined
}

/** Most keys of one kind, since each of them may have to be tried: the one in use, the one before, the one to come, and one to spare. */
const MAX_OF_A_KIND = 4

const FIX =
  'Give the private keys of this API, as JWKs, KeyObjects or PEM texts: decryption: { keys: [createPrivateKey(pem)] }'
const FITTING = 'Make an RSA key of 2048 bits or more, or a key on P-256, P-384, P-521 or X25519'

/** Curves as OpenSSL calls them. */
const CURVES: ReadonlyMap<string | undefined, string> = new Map([
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
])

/** Reads the keys. @throws ConfigurationError where one cannot be used; no message shows any of it. */
export function readDecryptionKeys(given: unknown): readonly PrivateKey[] {
  const option = 'decryption.keys'
  if (!Array.isArray(given)) throw new ConfigurationError(option, 'is not a list', FIX)
  if (given.length === 0) throw new ConfigurationError(option, 'is an empty list', FIX)
  const keys = given.map((entry: unknown, index) => readKey(entry, `${option}[${index}]`))
  for (const { alg, curve } of keys) {
    const count = keys.filter((key) => key.alg === alg && key.curve === curve).length
    if (count <= MAX_OF_A_KIND) continue
    const problem = `holds ${count} keys for ${alg}${curve === undefined ? '' : ` on ${curve}`}, each of which may have to be tried`
    throw new ConfigurationError(
      option,
      problem,
      `Take out those that no token needs any more: ${MAX_OF_A_KIND} at most`,
    )
  }
  return keys
}

function readKey(given: unknown, option: string): PrivateKey {
  const key = toPrivateKey(given, option)
  const kind = kindOf(key, option)
  return { key, kid: readUse(given, kind.alg, option), ...kind }
}

function toPrivateKey(given: unknown, option: string): KeyObject {
  if (given instanceof KeyObject) {
    if (given.type === 'private') return given
    throw new ConfigurationError(option, `is a ${given.type} key, which decrypts nothing here`, FIX)
  }
  if (typeof given !== 'string' && !isJwk(given))
    throw new ConfigurationError(option, 'is no JWK, KeyObject or PEM text', FIX)
  if (isJwk(given) && given.kty === 'oct')
    throw new ConfigurationError(option, 'is a symmetric key (kty `oct`)', `${FIX}. ${FITTING}`)
  try {
    return typeof given === 'string'
      ? createPrivateKey(given)
      : createPrivateKey({ key: given, format: 'jwk' })
  } catch {
    throw unreadable(given, option)
  }
}

/** PKCS #8 and the older form (RFC 7468 §11, RFC 1421 §4.6.1.1). */
const LOCKED = /^(-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED)/m

/** What OpenSSL says of a key it cannot read is left out: it is of no use, and nobody promises that it shows nothing. */
function unreadable(given: string | JsonWebKey, option: string): ConfigurationError {
  if (typeof given === 'string' && LOCKED.test(given))
    return new ConfigurationError(
      option,
      'is locked with a passphrase',
      'Give createPrivateKey({ key: pem, passphrase })',
    )
  return isPublic(given)
    ? new ConfigurationError(option, 'is a public key, which decrypts nothing', FIX)
    : new ConfigurationError(option, 'cannot be read as a private key: cut off, or of an unknown kind', FIX)
}

function isPublic(given: string | JsonWebKey): boolean {
  try {
    createPublicKey(typeof given === 'string' ? given : { key: given, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

function isJwk(given: unknown): given is JsonWebKey {
  return typeof given === 'object' && given !== null && 'kty' in given && typeof given.kty === 'string'
}

function kindOf(key: KeyObject, option: string): Pick<PrivateKey, 'alg' | 'curve'> {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'rsa') {
    const weakness = rsaWeakness(createPublicKey(key))
    if (weakness === undefined) return { alg: 'RSA-OAEP-256', curve: undefined }
    throw new ConfigurationError(option, weakness, FITTING)
  }
  const curve = type === 'x25519' ? 'X25519' : type === 'ec' ? CURVES.get(details?.namedCurve) : undefined
  if (curve !== undefined) return { alg: 'ECDH-ES', curve }
  const what = type === 'ec' ? `on the curve ${show(details?.namedCurve)}` : `of the type ${show(type)}`
  throw new ConfigurationError(option, `is a key ${what}, which nothing is encrypted for here`, FITTING)
}

/** What a key does, one of which its `key_ops` must name where there are any (RFC 7517 §4.3). */
const OPERATIONS: { readonly [alg in KeyManagement]: readonly string[] } = {
  'RSA-OAEP-256': ['unwrapKey', 'decrypt'],
  'ECDH-ES': ['deriveBits', 'deriveKey'],
}

function mayDecrypt(operations: unknown, alg: KeyManagement): boolean {
  return Array.isArray(operations) && OPERATIONS[alg].some((name) => operations.includes(name))
}

/** What a JWK says of itself binds: `use`, `key_ops`, `alg` and `kid` (RFC 7517 §4.2-4.5). */
function readUse(given: unknown, alg: KeyManagement, option: string): string | undefined {
  if (!isJwk(given)) return undefined
  const { use, alg: named, kid, key_ops: operations } = given
  if (use !== undefined && use !== 'enc')
    throw new ConfigurationError(
      option,
      `has use ${show(use)}`,
      'One key is for one use: make another one to encrypt with',
    )
  if (named !== undefined && named !== alg)
    throw new ConfigurationError(option, `has alg ${show(named)}`, `Such a key is used with ${alg} only`)
  if (operations !== undefined && !mayDecrypt(operations, alg))
    throw new ConfigurationError(
      option,
      'is not for decrypting (key_ops)',
      `Leave key_ops out, or add ${show(OPERATIONS[alg])}`,
    )
  if (kid !== undefined && typeof kid !== 'string')
    throw new ConfigurationError(option, 'has a kid that is not a string', 'Write it as a text')
  return kid
}
