import { inTime } from './in-time.ts'
import { Reason } from './reason.ts'
import type { Runtime } from './runtime.ts'
import { messageOf, show } from './text.ts'
import type { AuthContext } from './token/context.ts'

/**
 * Says of a sound token whether it was revoked. Only `false` admits; `true` is 401; anything else, an error, or no answer within a
 * second, is 503: nobody knows.
 */
export type IsRevoked = (auth: AuthContext) => boolean | Promise<boolean>

/** Milliseconds that it has. */
const DEADLINE = 1000

/** Asks whether a token was revoked, last of all. At once where the answer is there at once. */
export function checkStatus(
  auth: AuthContext,
  isRevoked: IsRevoked,
  runtime: Runtime,
): Reason | undefined | Promise<Reason | undefined> {
  try {
    const answer: unknown = isRevoked(auth)
    if (typeof answer === 'boolean') return judged(answer)
    return inTime(runtime, DEADLINE, Promise.resolve(answer), late).then(judged, unknown)
  } catch (error) {
    return unknown(error)
  }
}

function late(): never {
  throw new Error(`no answer within ${DEADLINE} ms`)
}

function judged(answer: unknown): Reason | undefined {
  if (answer === false) return undefined
  return answer === true ? new Reason('revoked') : unknown(`it answered ${show(answer)}`)
}

function unknown(error: unknown): Reason {
  return new Reason('revocation_unknown', { actual: messageOf(error) })
}
