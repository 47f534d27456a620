import { looksLikeJwt } from '../token/looks.ts'

/** What an opaque token looks like: a pattern, or a function. */
export type OpaqueForm = RegExp | ((token: string) => boolean)

/** Longest opaque token that the issuer is asked about, in characters. */
export const MAX_OPAQUE_LENGTH = 4096

/**
 * Whether a token is one that only its issuer can read. What looks like a JWT never is, whatever the form says: it may be of another
 * issuer, and a token must not be shown to a stranger.
 */
export function isOpaque(token: string, form: OpaqueForm | undefined): boolean {
  if (looksLikeJwt(token)) return false
  if (form === undefined) return true
  // Not `test`, which goes on from where it was with the flags g and y.
  return form instanceof RegExp ? token.search(form) !== -1 : form(token) === true
}
