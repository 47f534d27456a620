import type { JsonWebKeyInput, KeyObject } from 'node:crypto'
import { CompactEncrypt, type JWK } from 'jose'

/** Named by way of its use: the types of Node 20 and those of later Nodes keep JSON Web Keys in different places. */
type PublicJwk = JsonWebKeyInput['key'] & { readonly kid?: string }

/** For whom a token is encrypted, and how. */
export interface EncryptOptions {
  /** The public key of the API; the `kid` of a JWK is put into the header. */
  readonly key: KeyObject | PublicJwk
  /** Default: `RSA-OAEP-256` for an RSA key, else `ECDH-ES`. */
  readonly alg?: string
  /** Default: `A256GCM`. */
  readonly enc?: string
  /** Header parameters to add or replace; `undefined` leaves one out. `cty` is `JWT` where nothing else is said (RFC 7519 §5.2). */
  readonly header?: Readonly<Record<string, unknown>>
}

/** A JWE of five parts around any text (RFC 7516 §7.1). */
export async function encryptCompact(content: string | Uint8Array, options: EncryptOptions): Promise<string> {
  const { key, alg = defaultAlgorithm(key), enc = 'A256GCM', header } = options
  const kid = 'kty' in key ? key['kid'] : undefined
  const parameters = Object.entries({ alg, enc, cty: 'JWT', kid, ...header })
  return new CompactEncrypt(Buffer.from(content))
    .setProtectedHeader({
      alg,
      enc,
      ...Object.fromEntries(parameters.filter(([, value]) => value !== undefined)),
    })
    .encrypt(key as KeyObject | JWK)
}

function defaultAlgorithm(key: KeyObject | PublicJwk): string {
  const isRsa =
    'kty' in key ? key.kty === 'RSA' : 'asymmetricKeyType' in key && key.asymmetricKeyType === 'rsa'
  return isRsa ? 'RSA-OAEP-256' : 'ECDH-ES'
}
