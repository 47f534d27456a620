import type { Surroundings } from '../check.ts'
import { UsageError } from '../errors.ts'
import type { Issuer } from '../issuers/issuer.ts'
import { Reason } from '../reason.ts'
import { type AuthContext, isAuthContext } from '../token/context.ts'
import { objectionTo } from './allowed.ts'
import type { Userinfo } from './answer.ts'
import { Outcomes } from './outcomes.ts'
import { Places } from './place.ts'
import { askUserinfo } from './question.ts'
import { UserinfoError } from './userinfo-error.ts'

/** Asks issuers about the callers that they know. Nothing is fetched or kept before the first question. */
export function createUserinfo({
  settings,
  runtime,
}: Surroundings): (auth: AuthContext) => Promise<Userinfo> {
  const places = new Places(runtime)
  const outcomes = new Outcomes(runtime.monotonic)

  async function issuerOf({ issuer: iss }: AuthContext): Promise<Issuer> {
    const issuer = await settings.issuers.find(iss)
    if (!(issuer instanceof Reason)) return issuer
    const code = issuer.code === 'issuer_unavailable' ? 'unavailable' : 'not_allowed'
    throw new UserinfoError(code, { actual: issuer.message })
  }

  return async (auth) => {
    if (!isAuthContext(auth))
      throw new UsageError('userinfo() was given something else than the AuthContext of an admitted request')
    const issuer = await issuerOf(auth)
    const objection = objectionTo(auth, issuer)
    if (objection !== undefined) throw objection
    const place = places.of(issuer, auth.issuer)
    const { found } = await outcomes.of(auth.token, () => askUserinfo(auth, place, runtime))
    if (found instanceof UserinfoError) throw found
    return found
  }
}
