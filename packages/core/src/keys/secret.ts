import { createPublicKey, createSecretKey, type KeyObject, X509Certificate } from 'node:crypto'
import { ConfigurationError } from '../errors.ts'
import { rejectUnknown, requireObject } from '../option-checks.ts'
import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { isHmac, isSignatureAlgorithm, type SignatureAlgorithm, traits } from '../token/algorithms.ts'
import { decodeBase64url } from '../token/base64url.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { KeySource, KeysFound } from './key-source.ts'

/** How the text of a secret stands for its bytes. Older Auth0 tenants hand secrets out as base64url. */
export interface SecretOptions {
  readonly encoding?: 'utf8' | 'base64url' | undefined
}

/**
 * A secret shared with the issuer, for HS256, HS384 and HS512 (RFC 7518 §3.2). Whoever can verify with it can also sign with it.
 *
 * @throws ConfigurationError where it is empty, not in its encoding, or is or hides a public key: a key that anyone can fetch
 * would let anyone sign. That it is as long as the hash is checked with the algorithms, at boot too. No message shows the secret.
 */
export function secret(value: string, options: SecretOptions = {}): KeySource {
  if (typeof value !== 'string' || value === '') {
    throw new ConfigurationError(
      'keys',
      'is a secret that is empty or no string',
      "Pass the API's signing secret",
    )
  }
  requireObject(options, 'keys', "Give secret(value, { encoding: 'base64url' })")
  rejectUnknown(options, ['encoding'], 'keys.')
  const { encoding = 'utf8' } = options
  if (encoding !== 'utf8' && encoding !== 'base64url') {
    throw new ConfigurationError(
      'keys',
      `is a secret with the unknown encoding ${show(encoding)}`,
      "Use 'utf8' or 'base64url'",
    )
  }
  const bytes = encoding === 'utf8' ? Buffer.from(value) : decodeBase64url(value.replace(/=+$/, ''))
  if (bytes === undefined) {
    throw new ConfigurationError(
      'keys',
      'is a secret that is not base64url',
      "Copy it whole, or use the encoding 'utf8'",
    )
  }
  if (hidesPublicKey(value) || hidesPublicKey(bytes.toString('utf8')) || isDerKey(bytes)) {
    throw new ConfigurationError(
      'keys',
      'is a secret that is, or holds, a public key, a certificate or a JWK',
      'A published key is no secret: for RS256 and the like leave the secret out and use discovery, jwksUri or staticJwks()',
    )
  }
  return new SecretKey(bytes)
}

/** A `KeySource` with one shared secret. Its bytes are private: neither inspecting nor serializing it shows them. */
export class SecretKey implements KeySource {
  readonly family = 'secret' as const
  readonly #key: KeyObject
  readonly #ready = new Map<SignatureAlgorithm, KeysFound>()

  constructor(bytes: Buffer) {
    this.#key = createSecretKey(bytes)
  }

  /** @throws ConfigurationError where the secret is shorter than the hash of an algorithm (RFC 7518 §3.2). */
  requireLengthFor(algorithms: readonly SignatureAlgorithm[], option: string): void {
    const length = this.#key.symmetricKeySize ?? 0
    for (const name of algorithms) {
      const { hashLength } = traits(name)
      if (length < hashLength) {
        throw new ConfigurationError(
          option,
          `is a secret of ${length} bytes, and ${name} needs at least ${hashLength}`,
          'Let the issuer make a longer one; if it was handed out as base64url, say so: secret(value, { encoding })',
        )
      }
    }
  }

  find(header: JoseHeader): KeysFound {
    const { alg } = header
    if (!isSignatureAlgorithm(alg) || !isHmac(alg))
      return new Reason('algorithm_not_allowed', { actual: show(alg) })
    const found = this.#ready.get(alg) ?? [{ algorithm: alg, key: this.#key }]
    this.#ready.set(alg, found)
    return found
  }

  trusts(): boolean {
    return true
  }

  ready(): Promise<void> {
    return Promise.resolve()
  }
}

/** Whether text is or hides a key: behind spaces and invisible characters, in a JSON string, or in base64, hex or percent escapes. */
function hidesPublicKey(text: string, depth = 0): boolean {
  const visible = text.replace(/[^\x21-\x7e]/g, '')
  if (/-----BEGIN/i.test(visible) || /^(ssh-(rsa|ed25519)|ecdsa-sha2-)/.test(visible)) return true
  if (/"(kty|keys)":/.test(visible) || /\\"(kty|keys)\\":/.test(visible)) return true
  return (
    depth < 2 &&
    decodings(visible).some((bytes) => isDerKey(bytes) || hidesPublicKey(bytes.toString('utf8'), depth + 1))
  )
}

function decodings(text: string): Buffer[] {
  const found: Buffer[] = []
  if (/^[A-Za-z0-9+/_-]{40,}=*$/.test(text)) found.push(Buffer.from(text, 'base64'))
  if (/^([0-9a-f]{2}){20,}$/i.test(text)) found.push(Buffer.from(text, 'hex'))
  if (/%[0-9a-f]{2}/i.test(text))
    found.push(
      Buffer.from(
        text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      ),
    )
  return found
}

function isDerKey(bytes: Buffer): boolean {
  return [
    () => createPublicKey({ key: bytes, format: 'der', type: 'spki' }),
    () => createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' }),
    () => new X509Certificate(bytes),
  ].some((read) => {
    try {
      read()
      return true
    } catch {
      return false
    }
  })
}
