import type { Refusal } from './http/refusal.ts'
import { STATUS_TEXT } from './http/status-text.ts'
import type { Reason } from './reason.ts'

/**
 * A refusal as an error, for applications whose own error handler words all answers (`refusals: 'throw'`). Express, Fastify and Koa
 * take status and fields from it, so that the challenge arrives whoever writes the body. `reason` is for the operator: do not send it.
 */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  readonly code = 'ERR_GATEWARDEN_REFUSED'
  readonly status: number
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  /** What Gatewarden would have sent; `undefined`: nothing. */
  readonly body: Refusal['body']
  /** Whether `message` may be sent to the caller. It is the fixed sentence of the reason, and holds nothing of the request. */
  readonly expose: boolean
  readonly reason: Reason

  constructor({ status, headers, body }: Refusal, reason: Reason) {
    super(body?.error_description || STATUS_TEXT[status])
    this.status = status
    this.statusCode = status
    this.headers = headers
    this.body = body
    this.expose = status < 500
    this.reason = reason
  }
}
