import { isUtf8 } from 'node:buffer'

/** A JSON object as parsed: every member is plain data, `__proto__` and `constructor` too. */
export type JsonObject = { readonly [name: string]: unknown }

const MAX_DEPTH = 32
/** Members at all depths. An issuer that names two roles for each of 200 applications writes some 450. */
const MAX_MEMBERS = 512

/** What stands in a decoded text for bytes that are not UTF-8; it may also have been sent. */
const REPLACEMENT = '\uFFFD'

/** A parsed object, or what is wrong with the text. */
export type JsonResult =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly flaw: string }

/**
 * Strict JSON (RFC 7519 §7.2, RFC 8725 §3.7): UTF-8 without a byte order mark, an object, no member twice at any depth,
 * numbers finite, at most 32 levels and 512 members. The value is frozen, at every depth.
 */
export function parseJsonObject(bytes: Buffer): JsonResult {
  const raw = bytes.toString('utf8')
  if (raw.includes(REPLACEMENT) && !isUtf8(bytes)) return flawed('is not UTF-8')
  if (isDeep(raw)) return flawed('is nested too deeply')
  const text = raw.includes('\\') ? withPlainNames(raw) : raw
  if (text === undefined) return flawed('has a member name that cannot be written without escapes')
  const written = countMembers(text)
  if (written > MAX_MEMBERS) return flawed(`has more than ${MAX_MEMBERS} members`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return flawed('is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return flawed('is not a JSON object')
  const members = freezeAndCount(value)
  if (Number.isNaN(members)) return flawed('holds a number out of range')
  // JSON.parse keeps the last of several members of one name, so a name given twice is missing from the count.
  if (members !== written && members !== exactCount(text)) return flawed('names a member twice')
  return { ok: true, value: value as JsonObject }
}

const flawed = (flaw: string): JsonResult => ({ ok: false, flaw })

/** Freezes `value` and all in it. @returns how many members it has at all depths; NaN where a number is not finite */
function freezeAndCount(value: object): number {
  const isList = Array.isArray(value)
  const items: readonly unknown[] = isList ? value : Object.values(value)
  let members = isList ? 0 : items.length
  for (const item of items) {
    if (typeof item === 'object' && item !== null) members += freezeAndCount(item)
    else if (typeof item === 'number' && !Number.isFinite(item)) return Number.NaN
  }
  Object.freeze(value)
  return members
}

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const SPACE = 0x20
const BRACKET = 0x5b
const BRACE = 0x7b

/** Whether a text is nested more deeply than it may be, as far as it is JSON. Deep ones take long to parse. */
function isDeep(text: string): boolean {
  if (countUpTo(MAX_DEPTH, text, '[') + countUpTo(MAX_DEPTH, text, '{') <= MAX_DEPTH) return false
  let depth = 0
  for (let i = 0; i < text.length && depth <= MAX_DEPTH; i++) {
    const char = text.charCodeAt(i)
    if (char === QUOTE) i = endOfString(text, i)
    else if (char === BRACKET || char === BRACE) depth++
    else if (char === BRACKET + 2 || char === BRACE + 2) depth--
    if (i === -1) return false
  }
  return depth > MAX_DEPTH
}

function countUpTo(most: number, text: string, what: string): number {
  let count = 0
  for (let at = text.indexOf(what); at !== -1 && count <= most; at = text.indexOf(what, at + 1)) count++
  return count
}

/** The members of a JSON text; or somewhat more, but not more than may be. */
function countMembers(text: string): number {
  const quick = quickCount(text)
  return quick === undefined || quick > MAX_MEMBERS ? exactCount(text) : quick
}

/**
 * The members of a JSON text, or more, or `undefined`: it never counts too few. Each member has a colon right behind the quote that
 * ends its name, unless there is white space between the two.
 */
function quickCount(text: string): number | undefined {
  let members = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1)
    if (before <= SPACE) return undefined
    if (before === QUOTE && ++members > MAX_MEMBERS) break
  }
  return members
}

/** The members of a JSON text: its colons outside strings. */
function exactCount(text: string): number {
  let members = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === QUOTE) i = endOfString(text, i)
    else if (char === COLON && ++members > MAX_MEMBERS) break
    if (i === -1) break
  }
  return members
}

/** Index of the quote that ends the string beginning at `start`, or -1. */
function endOfString(text: string, start: number): number {
  const quote = text.indexOf('"', start + 1)
  return quote !== -1 && text.charCodeAt(quote - 1) !== BACKSLASH ? quote : endOfEscaped(text, start)
}

function endOfEscaped(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) return at
    if (char === BACKSLASH) at++
  }
  return -1
}

/**
 * A JSON text with its member names written without escapes; `undefined` where one cannot be, as with a quote in it. Node 24's
 * JSON.parse takes an escaped name for another one that was parsed before, so that a stranger's token could change what the names of
 * the next one are.
 */
function withPlainNames(text: string): string | undefined {
  let plain = ''
  let copied = 0
  for (let start = text.indexOf('"'); start !== -1; ) {
    const end = endOfString(text, start)
    if (end === -1) break
    if (isName(text, end)) {
      const name = plainName(text.slice(start, end + 1))
      if (name === undefined) return undefined
      plain += text.slice(copied, start) + name
      copied = end + 1
    }
    start = text.indexOf('"', end + 1)
  }
  return plain + text.slice(copied)
}

function isName(text: string, end: number): boolean {
  let at = end + 1
  while (text.charCodeAt(at) <= SPACE) at++
  return text.charCodeAt(at) === COLON
}

function plainName(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted
  try {
    const plain = JSON.stringify(JSON.parse(quoted))
    return plain.includes('\\') ? undefined : plain
  } catch {
    // No JSON: the parser says so.
    return quoted
  }
}
