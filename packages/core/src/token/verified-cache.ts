import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { Doorkeeper, markOf } from './doorkeeper.ts'

/** Characters of tokens for which an entry stands on average; larger tokens make the cache hold fewer of them. */
const CHARACTERS_PER_ENTRY = 4096

/** What a token must match to be the one that was verified. Without its signature, which cannot be read out of this, it opens nothing. */
export interface Proof {
  /** Header and payload as sent, up to the second dot. */
  readonly signed: string
  /** SHA-256 of the signature, a byte a character. */
  readonly signature: string
}

/**
 * What was found out about verified tokens. A token is looked for by a mark of it, and known when it is the same in what is signed, word
 * for word, and in the SHA-256 of its signature: to compare costs less than to hash. Bounded in number and size; the entry that was
 * unused for longest goes first, or one with the same mark. A token is kept when it is verified a second time, so that those which come
 * once cost nothing here and drive nobody out. Refusals have no place in it.
 */
export class VerifiedTokens<T extends Proof> {
  readonly #entries: LRUCache<number, T>
  readonly #doorkeeper: Doorkeeper

  constructor(max: number) {
    this.#entries = new LRUCache({ max, maxSize: max * CHARACTERS_PER_ENTRY })
    this.#doorkeeper = new Doorkeeper(max)
  }

  /** By all of its text: of a token with any one character changed nothing is known (CVE-2026-35039). */
  get(token: string): T | undefined {
    const found = this.#entries.get(markOf(token))
    if (found === undefined) return undefined
    const start = found.signed.length
    return token.slice(0, start) === found.signed && hashFrom(token, start) === found.signature
      ? found
      : undefined
  }

  /** Takes note of a token that was verified. @param entry is asked for what to keep, where it is kept */
  add(token: string, entry: (proof: Proof) => T): void {
    const mark = markOf(token)
    if (!this.#doorkeeper.knows(mark)) {
      this.#doorkeeper.note(mark)
      return
    }
    const start = signatureStart(token)
    // A copy: a piece of a token would keep all of it in memory.
    const signed = Buffer.from(token.slice(0, start)).toString()
    this.#entries.set(mark, entry({ signed, signature: hashFrom(token, start) }), { size: token.length })
  }

  delete(token: string): void {
    this.#entries.delete(markOf(token))
  }
}

/** Where the signature of a token begins. An encrypted one counts as nothing else, so that no part of it is kept. */
function signatureStart(token: string): number {
  const payload = token.indexOf('.') + 1
  const signature = token.indexOf('.', payload) + 1
  return token.includes('.', signature) ? 0 : signature
}

function hashFrom(token: string, start: number): string {
  return hash('sha256', token.slice(start), 'binary')
}
