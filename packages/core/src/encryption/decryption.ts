import { ConfigurationError } from '../errors.ts'
import { readChoice, rejectUnknown } from '../option-checks.ts'
import { Reason } from '../reason.ts'
import { messageOf } from '../text.ts'
import { CONTENT_ENCRYPTION, KEY_MANAGEMENT } from './algorithms.ts'
import { decryptionFailed, type ParsedJwe } from './jwe.ts'
import { type DecryptionKey, type PrivateKey, readDecryptionKeys } from './keys.ts'

/** How encrypted access tokens are opened (RFC 9068 §4). */
export interface DecryptionOptions {
  /** The private keys of this API, at most four of a kind. Those of a token's `kid` are tried, and those without one. */
  readonly keys: readonly DecryptionKey[]
  /** Refuse JWTs that are not encrypted, as RFC 9068 §4 advises where encryption was agreed on; opaque tokens are not meant. Default: false. */
  readonly required?: boolean | undefined
}

type CompactDecrypt = typeof import('jose/jwe/compact/decrypt')['compactDecrypt']

/** Nothing else passes, and nothing is ever decompressed. */
const LIMITS = {
  keyManagementAlgorithms: [...KEY_MANAGEMENT],
  contentEncryptionAlgorithms: [...CONTENT_ENCRYPTION],
  maxDecompressedLength: 0,
}

const FIX = 'Give { keys: [...] } with the private keys of this API'

/** Reads the option. @throws ConfigurationError; no message shows a key. */
export function readDecryption(given: unknown): Decryption | undefined {
  if (given === undefined) return undefined
  // Not shown: it may be the key itself.
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new ConfigurationError('decryption', 'is not an object', FIX)
  rejectUnknown(given, ['keys', 'required'], 'decryption.')
  const { keys, required } = given as { keys?: unknown; required?: unknown }
  return new Decryption(
    readDecryptionKeys(keys),
    readChoice(required, [true, false], 'decryption.required') ?? false,
  )
}

/** Opens encrypted tokens. jose is loaded when one is made, and not before: few APIs need it. */
export class Decryption {
  readonly required: boolean
  readonly #keys: readonly PrivateKey[]
  readonly #jose = import('jose/jwe/compact/decrypt')

  constructor(keys: readonly PrivateKey[], required: boolean) {
    this.#keys = keys
    this.required = required
    // Told to whoever asks for it.
    this.#jose.catch(() => undefined)
  }

  /** Resolves when tokens can be opened. */
  async ready(): Promise<void> {
    await this.#jose
  }

  /**
   * The signed token that is in an encrypted one (RFC 7516 §5.2). Whatever goes wrong with keys and tags has one reason (RFC 7516
   * §11.5). Not checked: anything of the signed token beyond its form.
   */
  open(jwe: ParsedJwe): Promise<string | Reason> {
    return this.#jose.then(
      ({ compactDecrypt }) => this.#try(compactDecrypt, jwe),
      (error) => new Reason('decryption_unavailable', { actual: messageOf(error) }),
    )
  }

  async #try(compactDecrypt: CompactDecrypt, jwe: ParsedJwe): Promise<string | Reason> {
    for (const { key } of this.#keys.filter((one) => fits(one, jwe))) {
      const content = await compactDecrypt(jwe.text, key, LIMITS).catch(() => undefined)
      if (content !== undefined) return signedToken(content.plaintext)
    }
    return decryptionFailed(jwe)
  }
}

function fits({ alg, curve, kid }: PrivateKey, jwe: ParsedJwe): boolean {
  if (alg !== jwe.alg || (alg === 'ECDH-ES' && curve !== jwe.curve)) return false
  return kid === undefined || jwe.kid === undefined || kid === jwe.kid
}

/** Only three parts: claims that nobody signed are nobody's, and one encryption is enough (RFC 9068 §4, RFC 8725 §3.11). */
function signedToken({ buffer, byteOffset, length }: Uint8Array): string | Reason {
  const bytes = Buffer.from(buffer, byteOffset, length)
  if (hasThreeParts(bytes)) return bytes.toString('latin1')
  return new Reason('unsigned_content', { expected: 'three parts', actual: 'something else' })
}

const DOT = 0x2e
const BASE64URL: ReadonlySet<number> = new Set(
  Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
)

/** By hand: a regular expression would keep the text where any program of this process can read it (`RegExp.input`). */
function hasThreeParts(bytes: Buffer): boolean {
  let dots = 0
  for (const byte of bytes) {
    if (byte === DOT) dots++
    else if (!BASE64URL.has(byte)) return false
  }
  return dots === 2
}
