import type { Reason } from '../reason.ts'
import { REASONS } from '../reasons.ts'
import { RETRY_AFTER } from './refusal.ts'
import type { Answer } from './render.ts'

/** The answer to a logout request as it goes over the wire, complete: an adapter writes it as it is. */
export type LogoutAnswer = Answer<200 | 400 | 405 | 503>

const NO_STORE = { 'cache-control': 'no-store' } as const

/** The logout took effect. Without a body (OpenID Connect Back-Channel Logout §2.8). */
export const LOGGED_OUT: LogoutAnswer = freeze({ status: 200, headers: NO_STORE, body: undefined })

/** RFC 9110 §15.5.6. */
export const POST_ONLY: LogoutAnswer = freeze({
  status: 405,
  headers: { ...NO_STORE, allow: 'POST' },
  body: { error: 'invalid_request', error_description: REASONS.logout_request_malformed.sentence },
})

/**
 * Whatever is wrong with a request is 400 with the parameters of RFC 6749 §5.2 (OpenID Connect Back-Channel Logout §2.8), be it 401
 * in an API: no credentials would help. Where nobody knows whether it is in order, or it could not be carried out, 503.
 */
export function logoutRefusal({ code }: Reason): LogoutAnswer {
  const { status, sentence } = REASONS[code]
  return status === 503
    ? freeze({
        status,
        headers: { ...NO_STORE, 'retry-after': RETRY_AFTER },
        body: { error: 'temporarily_unavailable', error_description: sentence },
      })
    : freeze({
        status: 400,
        headers: NO_STORE,
        body: { error: 'invalid_request', error_description: sentence },
      })
}

function freeze(answer: LogoutAnswer): LogoutAnswer {
  return Object.freeze({
    ...answer,
    headers: Object.freeze(answer.headers),
    body: Object.freeze(answer.body),
  })
}
