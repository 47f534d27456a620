import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { Doorkeeper } from './doorkeeper.ts'

/** Characters of tokens for which an entry stands on average; larger tokens make the cache hold fewer of them. */
const CHARACTERS_PER_ENTRY = 4096

/** What is kept of a token. */
export interface Signed {
  /** Header and payload as sent, up to the second dot. */
  readonly signed: string
}

/**
 * What was found out about verified tokens, by SHA-256 of their signature and by what it is over, word for word: to compare costs less
 * than to hash. That is no more than the claims say, and the signature, without which it opens nothing, cannot be read out of this.
 * Bounded in number and size; the entry that was unused for longest goes first. A token is kept when it is verified a second time, so
 * that those which come once cost nothing here and drive nobody out. Refusals have no place in it.
 */
export class VerifiedTokens<T extends Signed> {
  readonly #entries: LRUCache<string, T>
  readonly #doorkeeper: Doorkeeper

  constructor(max: number) {
    this.#entries = new LRUCache({ max, maxSize: max * CHARACTERS_PER_ENTRY })
    this.#doorkeeper = new Doorkeeper(max)
  }

  get(token: string): T | undefined {
    if (!this.#doorkeeper.knows(token)) return undefined
    const start = signatureStart(token)
    const found = this.#entries.get(nameOf(token, start))
    return found?.signed === token.slice(0, start) ? found : undefined
  }

  /** Takes note of a token that was verified. @param entry is asked for what to keep, where it is kept */
  add(token: string, entry: (signed: string) => T): void {
    if (!this.#doorkeeper.knows(token)) {
      this.#doorkeeper.note(token)
      return
    }
    const start = signatureStart(token)
    // A copy: a piece of a token would keep all of it in memory.
    const signed = Buffer.from(token.slice(0, start)).toString()
    this.#entries.set(nameOf(token, start), entry(signed), { size: token.length })
  }

  delete(token: string): void {
    this.#entries.delete(nameOf(token, signatureStart(token)))
  }
}

/** Where the signature of a token begins. An encrypted one counts as nothing else, so that no part of it is kept. */
function signatureStart(token: string): number {
  const payload = token.indexOf('.') + 1
  const signature = token.indexOf('.', payload) + 1
  return token.includes('.', signature) ? 0 : signature
}

/** 256 bits of a signature. No two tokens share it together with what it is over (CVE-2026-35039). */
function nameOf(token: string, signatureStart: number): string {
  return hash('sha256', token.slice(signatureStart), 'binary')
}
