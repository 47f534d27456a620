/** How often is looked whether the window was closed, in milliseconds. */
const LOOK = 400

/** A window of its own for the login, so that this page, and all that it keeps in memory, stays. */
export class LoginWindow {
  readonly #window: Window

  /** Opens it, empty: browsers allow that within a click only. @throws Error where they do not */
  constructor() {
    const opened = window.open('', 'login', 'popup,width=480,height=680')
    if (opened === null) throw new Error('The browser opened no window: allow pop-ups for this page')
    this.#window = opened
  }

  get open(): boolean {
    return !this.#window.closed
  }

  focus(): void {
    this.#window.focus()
  }

  close(): void {
    this.#window.close()
  }

  /**
   * Goes to the authorization endpoint.
   *
   * @returns the query with which the login came back to `/callback`
   * @throws Error where the window is closed before
   */
  visit(url: string): Promise<URLSearchParams> {
    const login = this.#window
    return new Promise((resolve, reject) => {
      const settle = (answer: () => void): void => {
        clearInterval(watch)
        removeEventListener('message', heed)
        answer()
      }
      const heed = ({ origin, source, data }: MessageEvent): void => {
        // Only our own callback page, and only in the window that was opened for it.
        if (origin !== location.origin || source !== login || typeof data !== 'string') return
        settle(() => resolve(new URLSearchParams(data)))
      }
      const watch = setInterval(() => {
        if (login.closed) settle(() => reject(new Error('The window was closed before the sign-in was done')))
      }, LOOK)
      addEventListener('message', heed)
      login.location.href = url
    })
  }
}
