/** Levels of nesting that are read. */
export const MAX_DEPTH = 32
/** Members that are read, at all depths. An issuer that names two roles for each of 200 applications writes some 450. */
export const MAX_MEMBERS = 512

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const SPACE = 0x20
const BRACKET = 0x5b
const BRACE = 0x7b

/** Whether a text is nested more deeply than it may be, as far as it is JSON. Deep ones take long to parse. */
export function isDeep(text: string): boolean {
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

/** Whether a JSON text has more members than may be. */
export function isCrowded(text: string): boolean {
  return coloned(text) > MAX_MEMBERS && countMembers(text) > MAX_MEMBERS
}

/**
 * How many members a JSON text has at most, as far as may be: each has a colon right behind the quote that ends its name, unless there is
 * white space between the two.
 */
function coloned(text: string): number {
  let members = 0
  for (let at = text.indexOf(':'); at !== -1 && members <= MAX_MEMBERS; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1)
    if (before === QUOTE || before <= SPACE) members++
  }
  return members
}

/** The members of a JSON text, as far as may be: its colons outside strings. */
export function countMembers(text: string): number {
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
export function withPlainNames(text: string): string | undefined {
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
