import type { Runtime } from '../runtime.ts'
import { messageOf, messageWithout } from '../text.ts'
import type { AuthContext } from '../token/context.ts'
import { withinDeadline } from '../upstream/deadline.ts'
import { type Answer, ask, FetchFailure } from '../upstream/fetch.ts'
import { audienceObjection } from './allowed.ts'
import { readAnswer } from './answer.ts'
import type { Outcome } from './outcomes.ts'
import type { Place } from './place.ts'
import { UserinfoError } from './userinfo-error.ts'

/** Most bytes of an answer. */
const MAX_BYTES = 64 * 1024
/** Milliseconds for which an answer is kept, as long as the token is valid. */
const KEEP = 60_000
/** Milliseconds for which a failure is kept that asking again would not mend. */
const KEEP_FAILURE = 5000
/** Seconds for which an issuer is left alone whose metadata does not lead to the endpoint. */
const PAUSE = 5

/** Asks the issuer about one token, once, within the deadline (OpenID Connect Core §5.3.1). Never rejects. */
export async function askUserinfo(auth: AuthContext, place: Place, runtime: Runtime): Promise<Outcome> {
  try {
    const retryAfter = place.wait()
    if (retryAfter > 0)
      throw new UserinfoError('unavailable', { actual: 'it is asked too often already', retryAfter })
    return await place.during(() => withinDeadline(runtime, (signal) => asked(auth, place, runtime, signal)))
  } catch (error) {
    const found = error instanceof UserinfoError ? error : failureOf(error, auth.token)
    return { found, keepFor: found.code === 'unavailable' ? 0 : KEEP_FAILURE, size: 0 }
  }
}

async function asked(
  auth: AuthContext,
  place: Place,
  { now }: Runtime,
  signal: AbortSignal,
): Promise<Outcome> {
  const answer = await present(auth, place, signal)
  const found = await readAnswer(answer, auth, place.issuer, Math.floor(now() / 1000))
  return { found, keepFor: Math.min(KEEP, auth.expiresAt * 1000 - now()), size: answer.body.length }
}

/** Sends the token to the issuer's own endpoint, and nowhere else. */
async function present(auth: AuthContext, place: Place, signal: AbortSignal): Promise<Answer> {
  const endpoint = await find(place)
  const objection = audienceObjection(auth, endpoint)
  if (objection !== undefined) throw objection
  const headers = { accept: 'application/json, application/jwt;q=0.5', authorization: `Bearer ${auth.token}` }
  try {
    return await ask(endpoint, { headers }, { fetch: place.issuer.fetch, signal, maxBytes: MAX_BYTES })
  } catch (error) {
    if (error instanceof FetchFailure) place.pause(error.retryAfter ?? 0)
    throw error
  }
}

async function find(place: Place): Promise<string> {
  try {
    return await place.find()
  } catch (error) {
    const retryAfter = Math.max(PAUSE, (error instanceof FetchFailure && error.retryAfter) || 0)
    place.pause(retryAfter)
    throw new UserinfoError('unavailable', { actual: messageOf(error), retryAfter })
  }
}

/** A fetch of the application's own may throw anything: only its words are taken, and the token not even from there. */
function failureOf(error: unknown, token: string): UserinfoError {
  const actual = messageWithout(token, error)
  const { status, retryAfter } = error instanceof FetchFailure ? error : new FetchFailure(actual)
  const code = status === 401 || status === 403 ? 'refused' : 'unavailable'
  return new UserinfoError(code, { actual, retryAfter })
}
