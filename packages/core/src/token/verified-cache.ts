import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { JoseHeader, KnownHeaders } from './compact.ts'

/** Characters of tokens for which an entry stands on average; larger tokens make the cache hold fewer of them. */
const CHARACTERS_PER_ENTRY = 4096

/**
 * What was found out about verified tokens, by the SHA-256 of their text: a token itself is not in it, and cannot be read out of it.
 * Bounded in number and size; the entry that was unused for longest goes first. Refusals have no place in it.
 */
export class VerifiedTokens<T extends object> {
  readonly #entries: LRUCache<string, T>

  constructor(max: number) {
    this.#entries = new LRUCache({ max, maxSize: max * CHARACTERS_PER_ENTRY })
  }

  /** The name of a token here. 256 bits of the whole text: no two tokens share it (CVE-2026-35039). */
  nameOf(token: string): string {
    return hash('sha256', token, 'base64url')
  }

  get(name: string): T | undefined {
    return this.#entries.get(name)
  }

  /** @param size characters of the token */
  set(name: string, found: T, size: number): void {
    this.#entries.set(name, found, { size })
  }

  delete(name: string): void {
    this.#entries.delete(name)
  }
}

const MAX_HEADERS = 100

/** Headers of verified tokens by their text. Issuers have one for each key; where each token has another, they pass through. */
export class VerifiedHeaders implements KnownHeaders {
  readonly #headers = new LRUCache<string, JoseHeader>({ max: MAX_HEADERS })

  get(headerText: string): JoseHeader | undefined {
    return this.#headers.get(headerText)
  }

  add(headerText: string, header: JoseHeader): void {
    // A copy: a piece of a token would keep the whole token in memory.
    if (!this.#headers.has(headerText)) this.#headers.set(Buffer.from(headerText).toString(), header)
  }
}
