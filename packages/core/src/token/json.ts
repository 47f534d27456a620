import { isUtf8 } from 'node:buffer'
import { withPlainNames } from './json-names.ts'
import { Survey } from './json-survey.ts'
import { countMembers, isCrowded, isDeep, MAX_MEMBERS } from './json-text.ts'

/** A JSON object as parsed: every member is plain data, `__proto__` and `constructor` too. */
export type JsonObject = { readonly [name: string]: unknown }

/** What stands in a decoded text for bytes that are not UTF-8; it may also have been sent. */
const REPLACEMENT = '\uFFFD'

/**
 * Characters up to which a text is parsed before its depth and members are judged: it has room for 204 members at most, and JSON.parse takes
 * microseconds however deep it is.
 */
const SHORT = 1024

/** A parsed object, or what is wrong with the text. */
export type JsonResult =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly flaw: string }

/**
 * Strict JSON (RFC 7519 §7.2, RFC 8725 §3.7): UTF-8 without a byte order mark, an object, no member twice at any depth,
 * numbers finite, at most 32 levels and 512 members. The value is frozen, at every depth.
 *
 * @param length of the text in bytes, where `bytes` goes on behind it
 */
export function parseJsonObject(bytes: Buffer, length = bytes.length): JsonResult {
  // A long one is asked before it is decoded, for what is no UTF-8 takes long.
  if (length > SHORT && !isUtf8(bytes.subarray(0, length))) return flawed('is not UTF-8')
  const raw = bytes.toString('utf8', 0, length)
  if (raw.includes(REPLACEMENT) && !isUtf8(bytes.subarray(0, length))) return flawed('is not UTF-8')
  if (raw.length > SHORT && isDeep(raw)) return flawed('is nested too deeply')
  const text = raw.includes('\\') ? withPlainNames(raw) : raw
  if (text === undefined) return flawed('has a member name that cannot be written without escapes')
  if (text.length > SHORT && isCrowded(text)) return flawed(`has more than ${MAX_MEMBERS} members`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return flawed('is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return flawed('is not a JSON object')
  const survey = new Survey(value)
  if (survey.flaw !== undefined) return flawed(survey.flaw)
  return isWhole(survey, text) ? { ok: true, value: value as JsonObject } : flawed('names a member twice')
}

const flawed = (flaw: string): JsonResult => ({ ok: false, flaw })

/**
 * Whether all members of a text are in its value: of several with one name JSON.parse keeps the last. One that is lost took five characters
 * at least (`"":0,`), so none is missing from a text that is as short as its value can be written, as most are. In others they are counted.
 */
function isWhole({ length, members }: Survey, text: string): boolean {
  return length === text.length || members === countMembers(text)
}
