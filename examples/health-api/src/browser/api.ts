import type { ConsoleSettings } from '../console/settings.ts'
import { ask } from './http.ts'

export type Route = ConsoleSettings['routes'][number]

/** What the API answered. */
export interface Answer {
  readonly status: number
  /** What the status is called, `Unauthorized` and so on. */
  readonly phrase: string
  /** `WWW-Authenticate`, where there is one. */
  readonly challenge: string | undefined
  readonly body: string
}

/** What one check said of the token: `CheckResult` of core, as JSON. */
export interface Check {
  readonly title: string
  readonly status: 'passed' | 'failed' | 'unverified' | 'not reached'
  readonly expected?: string
  readonly actual?: string
}

/** The resource server's `explain()`, as JSON. */
export interface Explanation {
  readonly admitted: boolean
  readonly kind: string
  readonly reason?: { readonly code: string; readonly hint: string }
  readonly checks: readonly Check[]
}

/** Calls the API as any client would. */
export async function call({ method, path, body }: Route, token: string | undefined): Promise<Answer> {
  const headers = new Headers()
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  if (body !== undefined) headers.set('content-type', 'application/json')
  const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) }
  const response = await fetch(path, { ...init, credentials: 'omit', cache: 'no-store' })
  return {
    status: response.status,
    phrase: response.statusText,
    challenge: response.headers.get('www-authenticate') ?? undefined,
    body: await response.text(),
  }
}

/** Where there is no token, there is nothing to ask: the first check of all fails. */
const NOTHING_SENT: Explanation = {
  admitted: false,
  kind: 'a request without a token',
  reason: {
    code: 'no_credentials',
    hint: 'send the access token in the field `Authorization: Bearer <token>`',
  },
  checks: [{ title: 'one token, in one place', status: 'failed', actual: 'no Authorization field' }],
}

/** Why the API answers so to this token. */
export async function explain({ method, path }: Route, token: string | undefined): Promise<Explanation> {
  if (token === undefined) return NOTHING_SENT
  const answer: unknown = await ask('explain', { token, route: `${method} ${path}` })
  return answer as Explanation
}
