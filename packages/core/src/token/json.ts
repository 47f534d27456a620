import { isUtf8 } from 'node:buffer'

/** A JSON object as parsed: every member is plain data, `__proto__` and `constructor` too. */
export type JsonObject = { readonly [name: string]: unknown }

const MAX_DEPTH = 32

/** A parsed object, or what is wrong with the text. */
export type JsonResult =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly flaw: string }

/**
 * Strict JSON (RFC 7519 §7.2, RFC 8725 §3.7): UTF-8 without a byte order mark, an object, no member twice at any depth,
 * numbers finite, at most 32 levels.
 */
export function parseJsonObject(bytes: Buffer): JsonResult {
  if (!isUtf8(bytes)) return flawed('is not UTF-8')
  const text = bytes.toString('utf8')
  const shape = scan(text)
  if (shape.depth > MAX_DEPTH) return flawed('is nested too deeply')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return flawed('is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return flawed('is not a JSON object')
  const members = countMembers(value)
  if (Number.isNaN(members)) return flawed('holds a number out of range')
  // JSON.parse keeps the last of several members of one name, so a name given twice is missing from the count.
  if (members !== shape.members) return flawed('names a member twice')
  return { ok: true, value: value as JsonObject }
}

const flawed = (flaw: string): JsonResult => ({ ok: false, flaw })

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c

/** Colons outside strings (one for each member) and the deepest nesting. On text that is not JSON the figures mean nothing. */
function scan(text: string): { members: number; depth: number } {
  let members = 0
  let depth = 0
  let deepest = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === QUOTE) {
      i = endOfString(text, i)
      if (i === -1) break
    } else if (char === COLON) members++
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (char === 0x7d || char === 0x5d) depth--
  }
  return { members, depth: deepest }
}

/** Index of the quote that ends the string beginning at `start`, or -1. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return -1
}

/** How many members `value` has at all depths; NaN where a number is not finite. */
function countMembers(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NaN
  if (typeof value !== 'object' || value === null) return 0
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value) members += countMembers(item)
    return members
  }
  for (const name of Object.keys(value)) members += 1 + countMembers((value as JsonObject)[name])
  return members
}
