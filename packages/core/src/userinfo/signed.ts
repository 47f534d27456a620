import type { Issuer } from '../issuers/issuer.ts'
import { findKeys } from '../keys/find.ts'
import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { checkAlgorithm } from '../token/algorithm-check.ts'
import { parseCompact } from '../token/compact.ts'
import type { AuthContext } from '../token/context.ts'
import type { JsonObject } from '../token/json.ts'
import { findSigner } from '../token/signature.ts'
import { UserinfoError, type UserinfoErrorCode } from './userinfo-error.ts'

/**
 * The claims of a signed answer: by a key and an algorithm of the issuer, from the issuer, for the client that the token was given to
 * (OpenID Connect Core §5.3.2), and not past an `exp` where there is one.
 *
 * @throws UserinfoError
 */
export async function readSigned(
  text: string,
  auth: AuthContext,
  issuer: Issuer,
  now: number,
): Promise<JsonObject> {
  const jwt = parseCompact(text.trim())
  if (jwt instanceof Reason) throw failed(jwt, jwt.code === 'encrypted_token' ? 'unsupported' : 'malformed')
  const objection = checkAlgorithm(jwt.header, jwt.claims, issuer)
  if (objection !== undefined) throw failed(objection, 'unsupported')
  const keys = await findKeys(issuer.keys, jwt.header, auth.issuer)
  if (keys instanceof Reason)
    throw failed(keys, keys.code === 'keys_unavailable' ? 'unavailable' : 'malformed')
  const signer = findSigner(jwt, keys)
  if (signer instanceof Reason) throw failed(signer, 'malformed')
  const flaw = flawOf(jwt.claims, auth, now)
  if (flaw === undefined) return jwt.claims
  throw new UserinfoError('malformed', { actual: flaw })
}

function flawOf({ iss, aud, exp }: JsonObject, auth: AuthContext, now: number): string | undefined {
  if (iss !== auth.issuer) return `\`iss\` of its JWT is ${show(iss)}`
  const audience: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (auth.clientId === undefined || !audience.includes(auth.clientId))
    return `\`aud\` of its JWT is ${show(aud)}, and the token was given to ${show(auth.clientId)}`
  if (exp !== undefined && !(typeof exp === 'number' && exp > now))
    return `\`exp\` of its JWT is ${show(exp)}`
  return undefined
}

function failed(reason: Reason, code: UserinfoErrorCode): UserinfoError {
  return new UserinfoError(code, { actual: `its JWT: ${reason.message}` })
}
