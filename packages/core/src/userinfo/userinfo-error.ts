/** Why there is no user information; the list is closed. */
export type UserinfoErrorCode = keyof typeof FAILURES

/** What each failure means, and the status that it ends in where the handler does not catch it. */
const FAILURES = {
  not_allowed: {
    status: 500,
    meaning: 'this token may not be shown to the userinfo endpoint of its issuer',
  },
  unsupported: {
    status: 500,
    meaning: 'the issuer tells user information in a way that is not supported',
  },
  unavailable: {
    status: 503,
    meaning: 'the userinfo endpoint of the issuer cannot be asked at the moment',
  },
  refused: {
    status: 502,
    meaning: 'the userinfo endpoint of the issuer refuses this token',
  },
  malformed: {
    status: 502,
    meaning: 'the userinfo endpoint of the issuer answered with something else than user information',
  },
  subject_mismatch: {
    status: 502,
    meaning: 'the userinfo endpoint of the issuer answered with another subject than that of the token',
  },
} as const

/** What is told of one failure, beside its code. */
export interface UserinfoErrorDetails {
  /** What was found, for operators. */
  readonly actual: string
  /** Seconds after which it may be tried again. */
  readonly retryAfter?: number | undefined
}

/**
 * There is no user information about a caller, who stays admitted: what that means is the handler's to decide. Where nobody catches it,
 * Express, Fastify and Koa answer with `status`, which is never a 401: the caller's token was good for this API.
 *
 * `message` says what must change where that is the application's or the issuer's configuration (status 500). Otherwise it is a fixed
 * sentence, for some frameworks send it to the caller, and what was found (an address, a status, the network's error) is the message of
 * `cause`. Both are for operators; neither holds the token.
 */
export class UserinfoError extends Error {
  override readonly name = 'UserinfoError'
  readonly code: UserinfoErrorCode
  readonly status: 500 | 502 | 503
  readonly statusCode: 500 | 502 | 503
  readonly headers: Readonly<Record<string, string>>
  /** Whether `message` may be sent to the caller; it is nothing to them. */
  readonly expose = false
  /** Seconds after which it may be tried again, where the code is `unavailable` and something is known. */
  readonly retryAfter: number | undefined

  constructor(code: UserinfoErrorCode, { actual, retryAfter }: UserinfoErrorDetails) {
    const { status, meaning } = FAILURES[code]
    super(status === 500 ? `${meaning}: ${actual}` : meaning, { cause: new Error(actual) })
    this.code = code
    this.status = status
    this.statusCode = status
    this.retryAfter = retryAfter
    this.headers = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }
  }
}
