import { MAX_DEPTH } from './json-text.ts'

const has = Object.prototype.hasOwnProperty

/** A walk through a parsed value, which freezes it at every depth. */
export class Survey {
  /** Members at all depths. */
  members = 0
  /** Characters that the value takes in JSON at the least. */
  length = 0
  /** Why it may not be used; then part of it may not be frozen. */
  flaw: string | undefined = undefined

  constructor(value: object) {
    this.#walk(value, 1)
  }

  #walk(value: object, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.flaw ??= 'is nested too deeply'
      return
    }
    let items = 0
    if (Array.isArray(value)) {
      items = value.length
      for (const item of value) this.#take(item, depth)
    } else {
      for (const name in value) {
        // Somebody may have given members to all objects. Unlike Object.hasOwn, this costs nothing in such a loop.
        if (!has.call(value, name)) continue
        items++
        this.length += name.length + '"":'.length
        this.#take((value as Record<string, unknown>)[name], depth)
      }
      this.members += items
    }
    // Brackets, and commas in between.
    this.length += items === 0 ? 2 : items + 1
    Object.freeze(value)
  }

  #take(item: unknown, depth: number): void {
    if (typeof item === 'string') this.length += item.length + '""'.length
    else if (typeof item === 'object' && item !== null) this.#walk(item, depth + 1)
    else if (typeof item === 'number') this.#takeNumber(item)
    else this.length += item === false ? 5 : 4
  }

  #takeNumber(number: number): void {
    if (!Number.isFinite(number)) this.flaw ??= 'holds a number out of range'
    this.length += shortest(number)
  }
}

/**
 * Digits of a positive whole number up to 2^53, unless it ends in three zeros (`1e3` is shorter, `12e2` is not); 1 for all others, for too
 * little does no harm.
 */
function shortest(number: number): number {
  let digits = 1
  if (Number.isSafeInteger(number) && number % 1000 !== 0)
    for (let limit = 10; number >= limit; limit *= 10) digits++
  return digits
}
