import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { decodeAscii, decodeInto, isAscii } from './base64url.ts'
import { type JsonObject, parseJsonObject } from './json.ts'

/** The JOSE header of a signed token (RFC 7515 §4). Beyond `alg` and `kid`, no value is checked. */
export interface JoseHeader {
  readonly alg: string
  readonly kid?: string
  readonly [parameter: string]: unknown
}

/** A JWS taken apart (RFC 7515 §7.1). Nothing in it is verified yet. */
export interface ParsedJws {
  readonly header: JoseHeader
  /** The header as sent. */
  readonly headerText: string
  /** The payload as sent; that it is canonical base64url is not checked. */
  readonly payloadText: string
  /** Header and payload as sent, with the dot between: what the signature is over (RFC 7515 §5.2). */
  readonly signingInput: string
  /** Its bytes; that they came as canonical base64url is checked. */
  readonly signature: Buffer
}

/** What a token says. */
export interface TokenContent {
  readonly header: JoseHeader
  readonly claims: JsonObject
}

/** The header of a token that has none, since only its issuer can read it. */
export const NO_HEADER: JoseHeader = Object.freeze({ alg: '' })

/** A token taken apart. Nothing in it is verified yet. */
export type ParsedToken = ParsedJws & TokenContent

/** Headers by their text, as they were read once in a token whose signature held. */
export interface KnownHeaders {
  get(headerText: string): JoseHeader | undefined
}

/** Where parts are decoded: garbage is a good part of what a token costs. What stands here counts until the next part does. */
const scratch = Buffer.allocUnsafeSlow(16 * 1024)

/** Longest header that is decoded, in base64url characters. */
export const MAX_HEADER_LENGTH = 4096

/** A strict JWS with a JSON payload (RFC 7519 §7.2). */
export function parseCompact(token: string, known?: KnownHeaders): ParsedToken | Reason {
  const jws = parseJws(token, known)
  if (jws instanceof Reason) return jws
  const claims = readJsonPart('payload', jws.payloadText)
  if (claims instanceof Reason) return claims
  const { header, headerText, payloadText, signingInput, signature } = jws
  return { header, headerText, payloadText, signingInput, signature, claims }
}

/**
 * Strict JWS compact serialization (RFC 7515 §7.1), whatever the payload: three parts, canonical base64url, a strict JSON header, no
 * critical extension. Five parts (encrypted) and other numbers (opaque) are refused before anything is decoded.
 *
 * @param known spares reading a header again: issuers have few
 */
export function parseJws(token: string, known?: KnownHeaders): ParsedJws | Reason {
  const headerEnd = token.indexOf('.')
  const payloadEnd = token.indexOf('.', headerEnd + 1)
  if (headerEnd === -1 || payloadEnd === -1) return new Reason('opaque_token')
  if (token.indexOf('.', payloadEnd + 1) !== -1) return notThreeParts(token)
  if (!isAscii(token)) return malformed('characters beyond ASCII')
  if (headerEnd > MAX_HEADER_LENGTH) return malformed(`a header over ${MAX_HEADER_LENGTH} characters`)

  const headerText = token.slice(0, headerEnd)
  const header = known?.get(headerText) ?? readHeader(headerText)
  if (header instanceof Reason) return header
  const signature = decodeAscii(token.slice(payloadEnd + 1))
  if (signature === undefined) return malformed('a signature that is not base64url')
  const payloadText = token.slice(headerEnd + 1, payloadEnd)
  return { header, headerText, payloadText, signingInput: token.slice(0, payloadEnd), signature }
}

function readHeader(text: string): JoseHeader | Reason {
  const header = readJsonPart('header', text)
  if (header instanceof Reason) return header
  return checkHeader(header) ?? (header as JoseHeader)
}

function notThreeParts(token: string): Reason {
  let dots = 0
  for (let at = token.indexOf('.'); at !== -1 && dots <= 4; at = token.indexOf('.', at + 1)) dots++
  return new Reason(dots === 4 ? 'encrypted_token' : 'opaque_token')
}

/** A part of a token as strict JSON. */
export function readJsonPart(name: string, text: string): JsonObject | Reason {
  const room = text.length > scratch.length ? Buffer.allocUnsafe(text.length) : scratch
  const length = decodeInto(room, text)
  if (length === undefined) return malformed(`a ${name} that is not base64url`)
  const json = parseJsonObject(room, length)
  return json.ok ? json.value : malformed(`a ${name} that ${json.flaw}`)
}

function checkHeader(header: JsonObject): Reason | undefined {
  if (typeof header['alg'] !== 'string') return malformed('an alg that is not a string')
  if (header['kid'] !== undefined && typeof header['kid'] !== 'string')
    return malformed('a kid that is not a string')
  if (header['crit'] !== undefined)
    return new Reason('critical_header', { actual: `crit ${show(header['crit'])}` })
  if (header['b64'] !== undefined) return new Reason('critical_header', { actual: 'b64' })
  return undefined
}

/** Why a token is not well-formed, in words that complete "got". */
export function malformed(actual: string): Reason {
  return new Reason('malformed_token', { actual })
}
