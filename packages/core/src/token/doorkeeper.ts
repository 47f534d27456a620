const WAYS = 4
/** Characters at the end of a token, of its signature, that make its mark. */
const TAIL = 8

/**
 * A number that is not 0, of characters that are as good as random in any token that was verified. It proves nothing: it says where to
 * look, and what is found there must prove itself.
 */
export function markOf(token: string): number {
  let mark = token.length
  for (let at = Math.max(token.length - TAIL, 0); at < token.length; at++)
    mark = Math.imul(mark ^ token.charCodeAt(at), 0x01000193)
  return mark === 0 ? 1 : mark
}

/**
 * Marks of tokens that were verified before, in a fixed piece of memory, so that nothing is kept for tokens that come once. Only verified
 * tokens are to leave one.
 */
export class Doorkeeper {
  readonly #marks: Int32Array
  readonly #mask: number
  #next = 0

  /** @param tokens that it is to know at a time; it has room for several times as many */
  constructor(tokens: number) {
    const buckets = 2 ** Math.ceil(Math.log2(tokens))
    this.#marks = new Int32Array(buckets * WAYS)
    this.#mask = buckets - 1
  }

  knows(mark: number): boolean {
    const bucket = this.#bucketOf(mark)
    for (let way = 0; way < WAYS; way++) if (this.#marks[bucket + way] === mark) return true
    return false
  }

  /** Where there is no room, one of the marks there gives way. */
  note(mark: number): void {
    const bucket = this.#bucketOf(mark)
    for (let way = 0; way < WAYS; way++) {
      if (this.#marks[bucket + way] === 0) {
        this.#marks[bucket + way] = mark
        return
      }
    }
    this.#marks[bucket + (this.#next++ % WAYS)] = mark
  }

  #bucketOf(mark: number): number {
    return ((mark ^ (mark >>> 16)) & this.#mask) * WAYS
  }
}
