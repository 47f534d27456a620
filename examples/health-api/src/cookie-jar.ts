/** The cookies of one browser, as far as one login needs them: by name, forgotten when the server clears them. */
export class CookieJar {
  readonly #cookies = new Map<string, string>()

  /** The Cookie field to send, or nothing. */
  header(): { cookie?: string } {
    if (this.#cookies.size === 0) return {}
    return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  /** Keeps what the response sets. */
  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const pair = line.split(';', 1)[0] ?? ''
      const equals = pair.indexOf('=')
      const name = pair.slice(0, equals)
      const value = pair.slice(equals + 1)
      if (value) this.#cookies.set(name, value)
      else this.#cookies.delete(name)
    }
  }
}
