/** Levels of nesting that are read. */
export const MAX_DEPTH = 32
/** Members that are read, at all depths. An issuer that names two roles for each of 200 applications writes some 450. */
export const MAX_MEMBERS = 512

const QUOTE = 0x22
export const COLON = 0x3a
const BACKSLASH = 0x5c
/** White space is this and what comes before it. */
export const SPACE = 0x20
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
  return mostMembers(text) > MAX_MEMBERS && countMembers(text) > MAX_MEMBERS
}

/**
 * Not less than the members of a JSON text, and counted no further than one too many. Each has a colon right behind the quote that ends its
 * name, or behind white space.
 */
function mostMembers(text: string): number {
  let members = 0
  for (let at = text.indexOf(':'); at !== -1 && members <= MAX_MEMBERS; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1)
    if (before === QUOTE || before <= SPACE) members++
  }
  return members
}

/** The members of a JSON text, which are its colons outside strings; counted no further than one too many. */
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
export function endOfString(text: string, start: number): number {
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
