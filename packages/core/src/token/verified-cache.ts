import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { JoseHeader, KnownHeaders } from './compact.ts'
import { Doorkeeper } from './doorkeeper.ts'

/** Characters of tokens for which an entry stands on average; larger tokens make the cache hold fewer of them. */
const CHARACTERS_PER_ENTRY = 4096

/**
 * What was found out about verified tokens, by the SHA-256 of their text: a token itself is not in it, and cannot be read out of it.
 * Bounded in number and size; the entry that was unused for longest goes first. A token is kept when it is verified a second time, so
 * that those which come once cost nothing here and drive nobody out. Refusals have no place in it.
 */
export class VerifiedTokens<T extends object> {
  readonly #entries: LRUCache<string, T>
  readonly #doorkeeper: Doorkeeper

  constructor(max: number) {
    this.#entries = new LRUCache({ max, maxSize: max * CHARACTERS_PER_ENTRY })
    this.#doorkeeper = new Doorkeeper(max)
  }

  get(token: string): T | undefined {
    return this.#doorkeeper.knows(token) ? this.#entries.get(nameOf(token)) : undefined
  }

  /** Takes note of a token that was verified. */
  add(token: string, found: T): void {
    if (this.#doorkeeper.knows(token)) this.#entries.set(nameOf(token), found, { size: token.length })
    else this.#doorkeeper.note(token)
  }

  delete(token: string): void {
    this.#entries.delete(nameOf(token))
  }
}

/** 256 bits of the whole text: no two tokens share a name (CVE-2026-35039). */
function nameOf(token: string): string {
  return hash('sha256', token, 'base64url')
}

const MAX_HEADERS = 100

/**
 * Headers of verified tokens by their text. Issuers have one for each key; where each token has another, there is nothing to gain, and
 * all are forgotten whenever there are too many.
 */
export class VerifiedHeaders implements KnownHeaders {
  readonly #headers = new Map<string, JoseHeader>()

  get(headerText: string): JoseHeader | undefined {
    return this.#headers.get(headerText)
  }

  add(headerText: string, header: JoseHeader): void {
    if (this.#headers.get(headerText) === header) return
    if (this.#headers.size >= MAX_HEADERS) this.#headers.clear()
    // A copy: a piece of a token would keep the whole token in memory.
    this.#headers.set(Buffer.from(headerText).toString(), header)
  }
}
