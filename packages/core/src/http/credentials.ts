import { Reason } from '../reason.ts'
import type { RequestView } from './request.ts'

/** The one token of a request, as sent. Its characters are not checked here. */
export interface Credentials {
  readonly scheme: 'Bearer'
  readonly token: string
}

/** Longest token that is looked at, in characters. Node's own limit for all fields together is 16 KiB by default. */
export const MAX_TOKEN_LENGTH = 16_384

// What b64token of RFC 6750 §2.1 does not consist of: one character, so that nothing backtracks.
const STRAY = /[^A-Za-z0-9\-._~+/]/
const LEADING_SPACES = /^ +/
const PADDING = 0x3d
const SPACE = 0x20
const SCHEME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+/

/**
 * Exactly one access token, from exactly one place (RFC 6750 §2).
 *
 * `authorization` wants `Bearer <token>`. Any other field, where a gateway hands the token over, may also hold the token alone.
 * A token in the query or in a form is no credential (RFC 9700 §4.3.2); in the query beside the field it is one too many.
 */
export function readCredentials(request: RequestView, tokenHeader: string): Credentials | Reason {
  const values = request.header(tokenHeader)
  const value = values[0]
  if (value === undefined) return new Reason('no_credentials', queryHint(request))
  if (values.length > 1)
    return new Reason('several_credentials', { actual: `${values.length} ${tokenHeader} fields` })
  if (request.complete === false)
    return new Reason('several_credentials', { actual: 'so many fields that not all are seen' })

  const token = tokenHeader === 'authorization' ? readAuthorization(value) : readGatewayField(value)
  if (token instanceof Reason) return token
  if (hasQueryToken(request.query)) {
    return new Reason('several_credentials', { actual: `one in ${tokenHeader}, one in the query` })
  }
  if (token.length > MAX_TOKEN_LENGTH) {
    return new Reason('token_too_large', {
      expected: `at most ${MAX_TOKEN_LENGTH} characters`,
      actual: `${token.length}`,
    })
  }
  return { scheme: 'Bearer', token }
}

/** Whether a text may stand as a token in a header at all (RFC 6750 §2.1). Any token that can be read does, so only others are asked. */
export function isB64Token(text: string): boolean {
  let end = text.length
  while (text.charCodeAt(end - 1) === PADDING) end--
  return end > 0 && !STRAY.test(end === text.length ? text : text.slice(0, end))
}

function readAuthorization(value: string): string | Reason {
  if (value.startsWith('Bearer ')) return tokenBehind(value, 'Bearer'.length)
  const scheme = (SCHEME.exec(value)?.[0] ?? '').toLowerCase()
  if (scheme === '') return new Reason('malformed_credentials')
  if (scheme === 'bearer') return tokenBehind(value, scheme.length)
  if (scheme === 'dpop') return new Reason('dpop_not_supported')
  // The scheme is not shown: where "Bearer" was forgotten, it is the token.
  return new Reason(looksLikeToken(value) ? 'scheme_missing' : 'unsupported_scheme')
}

function looksLikeToken(value: string): boolean {
  const [first, second] = [value.indexOf('.'), value.lastIndexOf('.')]
  return first !== -1 && !value.includes(' ') && value.indexOf('.', first + 1) === second && first !== second
}

function readGatewayField(value: string): string | Reason {
  return /^bearer /i.test(value) ? tokenBehind(value, 'bearer'.length) : value
}

/** What stands behind the scheme and one or more spaces (RFC 9110 §11.4). */
function tokenBehind(value: string, schemeLength: number): string | Reason {
  if (value.charCodeAt(schemeLength) !== SPACE) return new Reason('malformed_credentials')
  const token = value.slice(schemeLength + 1)
  if (token.charCodeAt(0) !== SPACE) return token || new Reason('malformed_credentials')
  return token.replace(LEADING_SPACES, '') || new Reason('malformed_credentials')
}

function queryHint(request: RequestView): { hint: string } | undefined {
  return hasQueryToken(request.query)
    ? {
        hint: 'a token in the query is not accepted (it ends in logs and histories): send it in the Authorization field',
      }
    : undefined
}

/** The name may be written in escapes (RFC 6750 §2.3 takes it from the form encoding). */
function hasQueryToken(query: string): boolean {
  return (query.includes('access') || query.includes('%')) && new URLSearchParams(query).has('access_token')
}
