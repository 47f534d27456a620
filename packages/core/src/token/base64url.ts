const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The bytes of canonical base64url (RFC 7515 §2): no padding, no other characters, no loose bits. Empty text is no bytes. */
export function decodeBase64url(text: string): Buffer | undefined {
  return isAscii(text) ? decodeAscii(text) : undefined
}

/** As `decodeBase64url`, for a text that is known to be ASCII. */
export function decodeAscii(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return isCanonical(text, bytes.length) ? bytes : undefined
}

/** Characters of a text for which there is room here; beyond it they are counted. */
const ROOM = 16_384

/** No character takes more than three bytes in UTF-8 (RFC 3629 §3; one of four bytes is two in a JavaScript string). */
const written = Buffer.allocUnsafeSlow(3 * ROOM)

/** Whether a text is ASCII. The decoder takes some characters beyond it for others. To write it out is quicker than to count its bytes. */
export function isAscii(text: string): boolean {
  return (text.length > ROOM ? Buffer.byteLength(text) : written.write(text)) === text.length
}

/**
 * As `decodeAscii`, into memory that is there: at the start of `room`, which must have a byte for each character at least.
 *
 * @returns how many bytes they are; `undefined` where the text is not canonical
 */
export function decodeInto(room: Buffer, text: string): number | undefined {
  const length = room.write(text, 'base64url')
  return isCanonical(text, length) ? length : undefined
}

/**
 * Whether an ASCII text is the one spelling of the `length` bytes that it was decoded to. The decoder skips characters that it does not
 * know and stops at padding, so that there are fewer bytes than the text has room for; it takes those of base64 too; and it overlooks
 * bits in the last character that no byte needs.
 */
function isCanonical(text: string, length: number): boolean {
  const rest = text.length % 4
  if (rest === 1 || length !== Math.floor((text.length * 3) / 4)) return false
  if (text.includes('+') || text.includes('/')) return false
  return rest === 0 || ALPHABET.indexOf(text.charAt(text.length - 1)) % (rest === 2 ? 16 : 4) === 0
}
