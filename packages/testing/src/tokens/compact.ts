import type { Algorithm } from '../algorithms.ts'
import { type SigningKey, signatureOf } from './signature.ts'

/** A part of a token: text or bytes go in verbatim, an object as JSON, where undefined members are left out. */
export type Part = string | Uint8Array | Readonly<Record<string, unknown>>

/** The compact serialisation, signed (RFC 7515 §7.1). */
export function signedCompact(header: Part, payload: Part, algorithm: Algorithm, key: SigningKey): string {
  const input = signingInput(header, payload)
  return `${input}.${signatureOf(algorithm, input, key).toString('base64url')}`
}

/** The compact serialisation with a given third part: text verbatim, bytes in base64url. */
export function compactWith(header: Part, payload: Part, signature: string | Uint8Array): string {
  const third = typeof signature === 'string' ? signature : Buffer.from(signature).toString('base64url')
  return `${signingInput(header, payload)}.${third}`
}

function signingInput(header: Part, payload: Part): string {
  return `${encode(header)}.${encode(payload)}`
}

function encode(part: Part): string {
  const bytes = part instanceof Uint8Array || typeof part === 'string' ? part : JSON.stringify(part)
  return Buffer.from(bytes).toString('base64url')
}
