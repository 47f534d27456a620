import { createPrivateKey, KeyObject } from 'node:crypto'
import { ConfigurationError } from '../errors.ts'
import { show } from '../text.ts'

/** A private key: as PEM, as JWK, or made ready. */
export type PrivateKeyInput =
  | string
  | KeyObject
  | { readonly kty?: unknown; readonly [member: string]: unknown }

/** A key with the one algorithm that it signs with. */
export interface SigningKey {
  readonly key: KeyObject
  readonly algorithm: string
  readonly kid: string | undefined
}

const BY_CURVE: ReadonlyMap<string | undefined, readonly string[]> = new Map([
  ['prime256v1', ['ES256']],
  ['secp384r1', ['ES384']],
  ['secp521r1', ['ES512']],
])
const RSA = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']

/** @throws ConfigurationError; the key is never shown */
export function readSigningKey(options: {
  readonly key: PrivateKeyInput
  readonly kid?: string | undefined
  readonly algorithm?: string | undefined
}): SigningKey {
  const key = readPrivateKey(options.key)
  const fitting = algorithmsOf(key)
  const [algorithm = options.algorithm] = options.algorithm === undefined ? fitting : [options.algorithm]
  if (algorithm === undefined || !fitting.includes(algorithm))
    throw new ConfigurationError(
      'clientAuth',
      `has a key of type ${show(key.asymmetricKeyType)}, which does not sign with ${show(algorithm)}`,
      fitting.length === 0
        ? 'Use an RSA, EC (P-256, P-384, P-521) or Ed25519 key'
        : `Use ${fitting.join(', ')}`,
    )
  return { key, algorithm, kid: options.kid ?? kidOf(options.key) }
}

function readPrivateKey(given: PrivateKeyInput): KeyObject {
  const key = given instanceof KeyObject ? given : parse(given)
  if (key?.type === 'private') return key
  throw new ConfigurationError(
    'clientAuth',
    key === undefined ? 'has a key that cannot be read' : `has a ${key.type} key`,
    'Give a private key: PEM (PKCS #8), a private JWK, or a KeyObject',
  )
}

function parse(given: unknown): KeyObject | undefined {
  try {
    if (typeof given === 'string') return createPrivateKey(given)
    if (typeof given !== 'object' || given === null) return undefined
    return createPrivateKey({ format: 'jwk', key: { ...given } })
  } catch {
    return undefined
  }
}

function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly string[] {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048 ? [] : RSA
  if (asymmetricKeyType === 'ec') return BY_CURVE.get(asymmetricKeyDetails?.namedCurve) ?? []
  return asymmetricKeyType === 'ed25519' ? ['EdDSA', 'Ed25519'] : []
}

function kidOf(given: PrivateKeyInput): string | undefined {
  if (typeof given !== 'object' || given instanceof KeyObject) return undefined
  return typeof given['kid'] === 'string' ? given['kid'] : undefined
}
