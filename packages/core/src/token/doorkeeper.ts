const WAYS = 4
/** Characters at the end of a token, of its signature, that make its mark. */
const TAIL = 8

/**
 * Marks of tokens that were verified before, in a fixed piece of memory. It is no proof of anything: a mark says that a token may be
 * among the remembered ones, so that nothing is looked up, or kept, for tokens that come once. Only verified tokens leave a mark.
 */
export class Doorkeeper {
  readonly #marks: Uint32Array
  readonly #mask: number
  #next = 0

  /** @param tokens that it is to know at a time; it has room for several times as many */
  constructor(tokens: number) {
    const buckets = 2 ** Math.ceil(Math.log2(tokens))
    this.#marks = new Uint32Array(buckets * WAYS)
    this.#mask = buckets - 1
  }

  knows(token: string): boolean {
    const mark = markOf(token)
    const bucket = this.#bucketOf(mark)
    for (let way = 0; way < WAYS; way++) if (this.#marks[bucket + way] === mark) return true
    return false
  }

  /** Where there is no room, one of the marks there gives way. */
  note(token: string): void {
    const mark = markOf(token)
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

/** A number that is not 0, of characters that are as good as random in any token that was verified. */
function markOf(token: string): number {
  let mark = token.length
  for (let at = Math.max(token.length - TAIL, 0); at < token.length; at++)
    mark = Math.imul(mark ^ token.charCodeAt(at), 0x01000193)
  return mark >>> 0 || 1
}
