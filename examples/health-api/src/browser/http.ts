/** Fetches JSON. @throws Error with the server's own words where the answer is no success */
export async function fetchJson(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, { ...init, redirect: 'error' })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok)
    throw new Error(problemOf(body) ?? `${new URL(url, location.href).pathname} answered ${response.status}`)
  return body
}

/** Posts JSON to one of the console's own services. */
export function ask(service: string, question: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  return fetchJson(`/console/${service}`, { method: 'POST', headers, body: JSON.stringify(question) })
}

/** A member of an object, where it is a text. */
export function text(object: unknown, member: string): string | undefined {
  if (typeof object !== 'object' || object === null) return undefined
  const value: unknown = Reflect.get(object, member)
  return typeof value === 'string' ? value : undefined
}

/** As `text`. @throws Error where there is none */
export function requireText(object: unknown, member: string): string {
  const value = text(object, member)
  if (value === undefined) throw new Error(`The answer holds no ${member}`)
  return value
}

function problemOf(body: unknown): string | undefined {
  const error = text(body, 'error')
  const description = text(body, 'error_description')
  return error && (description ? `${error}: ${description}` : error)
}
