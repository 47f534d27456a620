import { CookieJar } from './cookie-jar.ts'

/** Far more hops than a login takes. */
const MOST_HOPS = 10

/** Opens an authorization request's URL as a browser would, fills in the login form and follows the redirects. */
export async function signInThroughForm(
  url: string,
  redirectUri: string,
  credentials: { readonly username: string; readonly password: string },
  jar: CookieJar = new CookieJar(),
): Promise<string> {
  let form: URLSearchParams | undefined
  let next = url
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    const response = await visit(next, jar, form)
    const location = response.headers.get('location')
    if (location) {
      next = new URL(location, next).href
      if (next.startsWith(`${redirectUri}?`)) return next
      form = undefined
    } else if (response.ok && !form) {
      form = new URLSearchParams({ ...credentials, answer: 'allow' })
    } else {
      throw new Error(`Signing in as ${credentials.username} ended with ${response.status} at ${next}`)
    }
  }
  throw new Error(`Signing in as ${credentials.username} never came back to ${redirectUri}`)
}

async function visit(url: string, jar: CookieJar, form: URLSearchParams | undefined): Promise<Response> {
  const headers = jar.header()
  const response = await fetch(
    url,
    form ? { method: 'POST', headers, body: form, redirect: 'manual' } : { headers, redirect: 'manual' },
  )
  jar.keep(response)
  await response.arrayBuffer()
  return response
}
