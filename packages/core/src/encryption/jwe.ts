import { isDeepStrictEqual } from 'node:util'
import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { decodeAscii, isAscii } from '../token/base64url.ts'
import { MAX_HEADER_LENGTH, malformed, readJsonPart } from '../token/compact.ts'
import type { JsonObject } from '../token/json.ts'
import { isTypedForApis } from '../token/kind.ts'
import {
  CONTENT_ENCRYPTION,
  type ContentEncryption,
  IV_LENGTH,
  isContentEncryption,
  isKeyManagement,
  KEY_MANAGEMENT,
  type KeyManagement,
  TAG_LENGTH,
} from './algorithms.ts'

/** An encrypted token taken apart (RFC 7516 §7.1). Anyone who has the public key can make one: nothing in it is proved. */
export interface ParsedJwe {
  readonly text: string
  readonly header: JsonObject
  readonly alg: KeyManagement
  readonly enc: ContentEncryption
  readonly kid: string | undefined
  /** The curve of the sender's one-time key, where a key is agreed on (RFC 7518 §4.6.1.1). */
  readonly curve: unknown
}

const DOTS = 4

/** Whether a text has the five parts of the JWE compact serialization. */
export function hasFiveParts(text: string): boolean {
  let dots = 0
  for (let at = text.indexOf('.'); at !== -1 && dots <= DOTS; at = text.indexOf('.', at + 1)) dots++
  return dots === DOTS
}

/**
 * Strict JWE compact serialization of a nested JWT (RFC 7516 §7.1, RFC 7519 §11.2), before any key is touched: canonical base64url, a
 * strict JSON header, allowed algorithms, no compression, no critical extension, and a content that is said to be a JWT. The names
 * of keys in it (`jku`, `x5u`, `jwk` …) are never followed.
 */
export function parseJwe(text: string): ParsedJwe | Reason {
  if (!isAscii(text)) return malformed('characters beyond ASCII')
  const [head = '', ...parts] = text.split('.')
  if (head.length > MAX_HEADER_LENGTH) return malformed(`a header over ${MAX_HEADER_LENGTH} characters`)
  const header = readJsonPart('header', head)
  if (header instanceof Reason) return header
  const bytes = parts.map(decodeAscii)
  const stray = bytes.indexOf(undefined)
  if (stray !== -1) return malformed(`${PARTS[stray]} that is not base64url`)
  return readHeader(text, header, bytes)
}

const PARTS = ['an encrypted key', 'an initialization vector', 'a ciphertext', 'an authentication tag']

function readHeader(
  text: string,
  header: JsonObject,
  [, iv, , tag]: readonly (Buffer | undefined)[],
): ParsedJwe | Reason {
  const { alg, enc, kid, epk } = header
  const flaw = extensionOf(header)
  if (flaw !== undefined) return flaw
  if (kid !== undefined && typeof kid !== 'string') return malformed('a kid that is not a string')
  if (!isKeyManagement(alg)) return notAllowed('alg', KEY_MANAGEMENT, alg)
  if (!isContentEncryption(enc)) return notAllowed('enc', CONTENT_ENCRYPTION, enc)
  const type = typeFlaw(alg, header)
  if (type !== undefined) return type
  const jwe = { text, header, alg, enc, kid, curve: curveOf(epk) }
  return iv?.length === IV_LENGTH && tag?.length === TAG_LENGTH ? jwe : decryptionFailed(jwe)
}

function extensionOf({ crit, zip }: JsonObject): Reason | undefined {
  if (crit !== undefined) return new Reason('critical_header', { actual: `crit ${show(crit)}` })
  if (zip !== undefined)
    return new Reason('encryption_not_allowed', { expected: 'no zip', actual: show(zip) })
  return undefined
}

function notAllowed(parameter: string, allowed: readonly string[], actual: unknown): Reason {
  return new Reason('encryption_not_allowed', {
    expected: `${parameter} ${show(allowed)}`,
    actual: show(actual),
  })
}

/** `cty` must say that a JWT is in it (RFC 7519 §5.2), or, more precisely, an access token; `typ` may not say anything else. */
function typeFlaw(alg: KeyManagement, { typ, cty }: JsonObject): Reason | undefined {
  if (!isTypedForApis({ alg, typ }))
    return new Reason('other_token_type', { expected: 'typ `at+jwt` or `JWT`', actual: show(typ) })
  if (cty === undefined || !isTypedForApis({ alg, typ: cty }))
    return new Reason('unsigned_content', { expected: 'cty `JWT`', actual: show(cty) })
  return undefined
}

/** Claims that an issuer may write into the header as well (RFC 7519 §5.3). */
const REPLICAS = ['iss', 'sub', 'aud']

/** Whether claims that stand in the header too are the same as those that were signed (RFC 7519 §5.3). */
export function checkReplicas({ header }: ParsedJwe, claims: JsonObject): Reason | undefined {
  const other = REPLICAS.find(
    (name) => header[name] !== undefined && !isDeepStrictEqual(header[name], claims[name]),
  )
  return other === undefined ? undefined : malformed(`the header parameter ${other}, which is not the claim`)
}

function curveOf(epk: unknown): unknown {
  return typeof epk === 'object' && epk !== null && 'crv' in epk ? epk.crv : undefined
}

/** The one reason for all that can go wrong with keys and tags, so that nobody learns what it was (RFC 7516 §11.5). */
export function decryptionFailed({ alg, enc, kid }: Omit<ParsedJwe, 'text' | 'header'>): Reason {
  return new Reason('decryption_failed', { actual: `alg ${alg}, enc ${enc}, kid ${show(kid)}` })
}
