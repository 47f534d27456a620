const LONGEST = 120
/** Messages of other parties name addresses, two of them perhaps. */
const LONGEST_MESSAGE = 500

/**
 * A value as an operator may read it in a log: control, bidirectional and other non-ASCII characters escaped, long values cut.
 * Meant for claim and option values, never for tokens or secrets.
 */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return showList(value)
  if (typeof value === 'function') return 'a function'
  return cut(escapeControls(toJson(value)))
}

/** Control characters and everything beyond printable ASCII as `\u` escapes: one line, no terminal tricks. */
export function escapeControls(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The message of anything that was thrown, as one escaped line, for operators. */
export function messageOf(error: unknown): string {
  return messageFrom(textOf(error))
}

/** The same of what was thrown where `token` was sent, which may be told as it is or as it stands in a form. */
export function messageWithout(token: string, error: unknown): string {
  return messageFrom(textOf(error).replaceAll(token, THE_TOKEN).replaceAll(formEncode(token), THE_TOKEN))
}

/** A text as it stands in a form (application/x-www-form-urlencoded). */
export function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

const THE_TOKEN = '(the token)'

function messageFrom(text: string): string {
  return cut(escapeControls(text.slice(0, LONGEST_MESSAGE + 1)), LONGEST_MESSAGE)
}

/** Whatever was thrown: there are values that cannot be made texts of. */
function textOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error)
  } catch {
    return `a thrown ${typeof error}`
  }
}

function quote(text: string): string {
  return `\`${cut(escapeControls(text.slice(0, LONGEST + 1)))}\``
}

function showList(items: readonly string[]): string {
  const shown = items.slice(0, 5).map(quote)
  if (items.length > shown.length) shown.push(`${items.length - shown.length} more`)
  return shown.length === 1 ? (shown[0] as string) : `[${shown.join(', ')}]`
}

function cut(text: string, longest: number = LONGEST): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value
  } catch {
    return typeof value
  }
}

/** Whether two identifiers are the same but for one final slash, the commonest slip in an issuer or an audience. */
export function differBySlash(a: string, b: string): boolean {
  return a === `${b}/` || b === `${a}/`
}
