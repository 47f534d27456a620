import { ACCESS_TOKEN, GRANT_TYPE } from './names.ts'

/** A service that may exchange tokens, and where. */
export interface Exchanger {
  readonly tokenEndpoint: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface ExchangeRequest {
  /** The token that the caller sent to this API. */
  readonly subjectToken: string
  /** The API to call. */
  readonly audience: string
  /** No more than that call needs. */
  readonly scope: string
}

/** Asks for a token to call another API with, on behalf of whoever called this one (RFC 8693 §2.1). */
export async function requestExchange(
  { tokenEndpoint, clientId, clientSecret }: Exchanger,
  { subjectToken, audience, scope }: ExchangeRequest,
): Promise<Response> {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  return fetch(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({
      grant_type: GRANT_TYPE,
      subject_token: subjectToken,
      subject_token_type: ACCESS_TOKEN,
      audience,
      scope,
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(5000),
  })
}

/** The new token. @throws where there is none, and never with a token in its words */
export async function exchange(exchanger: Exchanger, request: ExchangeRequest): Promise<string> {
  const response = await requestExchange(exchanger, request)
  const answer: unknown = await response.json()
  if (response.ok && hasToken(answer)) return answer.access_token
  throw new Error(`no token for ${request.audience}: the authorization server answered ${response.status}`)
}

function hasToken(answer: unknown): answer is { access_token: string } {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'access_token' in answer &&
    typeof answer.access_token === 'string'
  )
}
