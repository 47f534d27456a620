import { Reason } from '../reason.ts'
import { differBySlash, show } from '../text.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { KeysFound } from './key-source.ts'
import type { LoadedKeys } from './loader.ts'

/** Whether a loaded set is for tokens of `issuer`: where metadata named the issuer, it is exactly this one. */
export function isFor(loaded: LoadedKeys, issuer: string): boolean {
  return (loaded.issuer ?? issuer) === issuer
}

/**
 * The keys of a loaded set to try on a token of `issuer`.
 *
 * @throws why the issuer could not be asked, where keys that stand in for its own are not all there are
 */
export function select(loaded: LoadedKeys, header: JoseHeader, issuer: string): KeysFound {
  if (!isFor(loaded, issuer)) return foreign(loaded, issuer)
  const found = loaded.set.find(header, issuer)
  if (loaded.standIn !== undefined && found instanceof Reason && found.code === 'key_unknown')
    throw loaded.standIn.error
  return found
}

function foreign({ issuer: published = '' }: LoadedKeys, issuer: string): Reason {
  const hint = differBySlash(issuer, published)
    ? 'iss and the published issuer differ by a final slash only'
    : undefined
  return new Reason('issuer_unknown', { expected: show(published), actual: show(issuer), hint })
}
