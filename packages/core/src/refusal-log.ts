import { debuglog } from 'node:util'
import type { RequestView } from './http/request.ts'
import type { Reason } from './reason.ts'

/** The application's own ear for refusals. */
export type RefusalHook<Request = RequestView> = (reason: Reason, request: Request) => unknown

const debug = debuglog('gatewarden')

/**
 * Tells the operator why a request was refused: on stderr where `NODE_DEBUG=gatewarden` asks for it, and through the hook.
 * A hook that throws or rejects changes nothing for the caller.
 */
export function tellOfRefusal<Request>(
  reason: Reason,
  request: Request,
  hook: RefusalHook<Request> | undefined,
): void {
  if (debug.enabled) debug('refused, %s', reason.toString())
  if (hook === undefined) return
  try {
    const answer = hook(reason, request)
    if (answer instanceof Promise) answer.catch(logFailure)
  } catch (error) {
    logFailure(error)
  }
}

function logFailure(error: unknown): void {
  debug('onRefusal failed: %O', error)
}
