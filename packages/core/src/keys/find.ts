import { Reason } from '../reason.ts'
import { messageOf } from '../text.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { VerificationKey } from '../token/signature.ts'
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

/** Whether a source still trusts a key that it gave. One that cannot tell, or throws, does not: then it is asked for the key again. */
export function stillTrusts(source: KeySource, key: VerificationKey, issuer: string): boolean {
  try {
    return source.trusts?.(key, issuer) === true
  } catch {
    return false
  }
}

function unavailable(error: unknown): Reason {
  return new Reason('keys_unavailable', { actual: messageOf(error) })
}
