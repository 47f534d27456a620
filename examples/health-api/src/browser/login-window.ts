/** How often is looked whether the window was closed, in milliseconds. */
const LOOK = 400

/**
 * Opens the authorization server's login in a window of its own, so that this page, and all that it keeps in memory, stays.
 *
 * @returns the query with which the login came back to `/callback`
 * @throws Error where no window opens, or it is closed before
 */
export function openLogin(url: string): Promise<URLSearchParams> {
  const login = window.open(url, 'login', 'popup,width=480,height=680')
  if (login === null)
    return Promise.reject(new Error('The browser opened no window: allow pop-ups for this page'))

  return new Promise((resolve, reject) => {
    const watch = setInterval(() => {
      if (login.closed) finish(() => reject(new Error('The window was closed before the sign-in was done')))
    }, LOOK)
    const heed = ({ origin, source, data }: MessageEvent): void => {
      // Only our own callback page, and only in the window that was opened for it.
      if (origin !== location.origin || source !== login || typeof data !== 'string') return
      finish(() => resolve(new URLSearchParams(data)))
    }
    const finish = (settle: () => void): void => {
      clearInterval(watch)
      removeEventListener('message', heed)
      login.close()
      settle()
    }
    addEventListener('message', heed)
  })
}
