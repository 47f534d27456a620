/** Texts that are remembered at a time. */
const MOST = 100
/** Longest text that is remembered, in characters. */
const LONGEST = 4096

/**
 * What was read from texts that come again and again, as the headers of one issuer do. Where each text is another there is nothing to
 * gain, and all are forgotten whenever there are too many.
 */
export class Recent<Value> {
  readonly #known = new Map<string, Known<Value>>()
  /** Most often it is the text of the last time, and to compare texts takes less than to hash one. */
  #last: Known<Value> | undefined

  get(text: string): Value | undefined {
    if (this.#last?.text === text) return this.#last.value
    const known = this.#known.get(text)
    if (known !== undefined) this.#last = known
    return known?.value
  }

  /** @returns the value */
  add(text: string, value: Value): Value {
    if (text.length > LONGEST || this.get(text) !== undefined) return value
    if (this.#known.size >= MOST) this.#known.clear()
    // A copy: a piece of a token would keep the whole token in memory.
    const copy = Buffer.from(text).toString()
    // Half of a character has no bytes, and would be copied as something else.
    if (copy !== text) return value
    this.#known.set(copy, { text: copy, value })
    return value
  }
}

interface Known<Value> {
  readonly text: string
  readonly value: Value
}
