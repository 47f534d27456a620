import { Reason } from '../reason.ts'
import { messageOf } from '../text.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { KeySource, KeysFound } from './key-source.ts'

/**
 * Asks a source for keys. Whatever it throws means that keys cannot be had, and is never held against the token: 503 is decided
 * by where an error arose, not by its type.
 */
export async function findKeys(source: KeySource, header: JoseHeader, issuer: string): Promise<KeysFound> {
  try {
    return await source.find(header, issuer)
  } catch (error) {
    return new Reason('keys_unavailable', { actual: messageOf(error) })
  }
}
