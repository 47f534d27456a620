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

/** Characters of a text for which there is room here; beyond it memory is taken anew. */
const ROOM = 16_384

/** No character takes more than three bytes in UTF-8 (RFC 3629 §3; one of four bytes is two in a JavaScript string). */
const written = Buffer.allocUnsafeSlow(3 * ROOM)

/** Whether a text is ASCII. The decoder takes some characters beyond it for others. To write it out is quicker than to count its bytes. */
export function isAscii(text: string): boolean {
  return (text.length > ROOM ? Buffer.byteLength(text) : written.write(text)) === text.length
}

/**
 * A place where the bytes of an ASCII text are made without taking memory for each: garbage is a good part of what a token costs. What
 * it gives counts until it is used again, so nothing of it is kept, and nothing is waited for in between.
 */
export class Scratch {
  readonly #room = Buffer.allocUnsafeSlow(ROOM)

  /** As `decodeAscii`. */
  decode(text: string): Buffer | undefined {
    if (text.length > ROOM) return decodeAscii(text)
    const length = this.#room.write(text, 'base64url')
    return isCanonical(text, length) ? this.#room.subarray(0, length) : undefined
  }

  /** The characters of a text as bytes. */
  write(text: string): Buffer {
    if (text.length > ROOM) return Buffer.from(text, 'latin1')
    return this.#room.subarray(0, this.#room.write(text, 'latin1'))
  }

  /** Whether there are bytes for a text that is known to be ASCII. */
  canDecode(text: string): boolean {
    if (text.length > ROOM) return decodeAscii(text) !== undefined
    return isCanonical(text, this.#room.write(text, 'base64url'))
  }
}

/** How many bytes canonical base64url stands for. */
export function byteLength(text: string): number {
  return Math.floor((text.length * 3) / 4)
}

/**
 * Whether an ASCII text is the one spelling of the `length` bytes that it was decoded to. The decoder skips characters that it does not
 * know and stops at padding, so that there are fewer bytes than the text has room for; it takes those of base64 too; and it overlooks
 * bits in the last character that no byte needs.
 */
function isCanonical(text: string, length: number): boolean {
  const rest = text.length % 4
  if (rest === 1 || length !== byteLength(text)) return false
  if (text.includes('+') || text.includes('/')) return false
  return rest === 0 || ALPHABET.indexOf(text.charAt(text.length - 1)) % (rest === 2 ? 16 : 4) === 0
}
