import { isUtf8 } from 'node:buffer'

/** As the JOSE header of a JWT begins, which has members. White space may come first, as in any JSON. */
const OBJECT_BEGINS = /^\s*\{\s*"/

/**
 * Whether a token is a JWT, signed or encrypted, sound or not, or what is left of one: text that begins as a JSON object does stands
 * before the first dot, in base64url. Not one letter of it, which one in 256 random tokens has as well.
 */
export function looksLikeJwt(token: string): boolean {
  const end = token.indexOf('.')
  if (end === -1) return false
  const header = Buffer.from(token.slice(0, end), 'base64url')
  return isUtf8(header) && OBJECT_BEGINS.test(header.toString('utf8'))
}
