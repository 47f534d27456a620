import { COLON, endOfString, SPACE } from './json-text.ts'

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
