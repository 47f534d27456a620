import { Reason } from '../reason.ts'
import { messageOf } from '../text.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { KeySource, KeysFound } from './key-source.ts'

/**
 * Asks a source for keys; at once where it has them. Whatever it throws means that keys cannot be had, and is never held against the
 * token: 503 is decided by where an error arose, not by its type.
 */
export function findKeys(
  source: KeySource,
  header: JoseHeader,
  issuer: string,
): KeysFound | Promise<KeysFound> {
  try {
    const found = source.find(header, issuer)
    if (found instanceof Reason || Array.isArray(found)) return found as KeysFound
    return Promise.resolve(found).catch(unavailable)
  } catch (error) {
    return unavailable(error)
  }
}

function unavailable(error: unknown): Reason {
  return new Reason('keys_unavailable', { actual: messageOf(error) })
}
