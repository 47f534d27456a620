import type { Reason } from '@gatewarden/express'
import type { PromisedRequest } from './requests.ts'
import type { TokenName } from './tokens.ts'

/** What the API answered to a request, and whether that is what was promised. */
export interface Verdict {
  readonly request: PromisedRequest
  readonly status: number
  /** The WWW-Authenticate field. */
  readonly challenge: string
  readonly body: string
  /** What the operator's hook was given. */
  readonly reason: Reason | undefined
  readonly kept: boolean
}

/** Sends the requests one after the other. `refusals` is where the API's onRefusal puts its reasons. */
export async function walk(
  url: string,
  requests: readonly PromisedRequest[],
  tokens: Readonly<Record<TokenName, string>>,
  refusals: Reason[],
): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const request of requests) {
    refusals.length = 0
    const response = await send(url, request, tokens)
    const challenge = response.headers.get('www-authenticate') ?? ''
    const seen = { status: response.status, challenge, body: await response.text(), reason: refusals[0] }
    verdicts.push({ request, ...seen, kept: isKept(request, seen) })
  }
  return verdicts
}

async function send(
  url: string,
  { method, path, body, token, inQuery }: PromisedRequest,
  tokens: Readonly<Record<TokenName, string>>,
): Promise<Response> {
  const headers = new Headers()
  const target = new URL(path, url)
  if (token && inQuery) target.searchParams.set('access_token', tokens[token])
  else if (token) headers.set('authorization', `Bearer ${tokens[token]}`)
  if (body) headers.set('content-type', 'application/json')

  return fetch(target, { method, headers, body: body ? JSON.stringify(body) : null })
}

function isKept(
  promised: PromisedRequest,
  { status, challenge, reason }: Pick<Verdict, 'status' | 'challenge' | 'reason'>,
): boolean {
  const error = /\berror="([^"]*)"/.exec(challenge)?.[1]
  // Every 401 and 403 comes with a challenge (RFC 6750 §3), and nothing else does.
  const challenged = challenge.startsWith('Bearer ')
  return (
    status === promised.status &&
    challenged === (status === 401 || status === 403) &&
    error === promised.error &&
    reason?.code === promised.reason
  )
}
