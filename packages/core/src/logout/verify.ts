import type { Surroundings } from '../check.ts'
import { MAX_TOKEN_LENGTH } from '../http/credentials.ts'
import type { Issuer } from '../issuers/issuer.ts'
import { foreignToken } from '../issuers/unknown.ts'
import { findKeys } from '../keys/find.ts'
import { Reason } from '../reason.ts'
import { checkAlgorithm } from '../token/algorithm-check.ts'
import { type ParsedToken, parseCompact } from '../token/compact.ts'
import { findSigner } from '../token/signature.ts'
import { checkTimes } from '../token/times.ts'
import { Patience } from '../waiting.ts'
import { checkLogoutShape, checkLogoutType, type LogoutToken, readLogoutToken } from './logout-token.ts'
import type { LogoutPolicy } from './options.ts'

/**
 * Verifies a logout token (OpenID Connect Back-Channel Logout §2.6): by the issuers and keys of the API, and by none of what the API
 * wants of access tokens. Not checked: whether it was received before. Encrypted ones are refused.
 */
export async function verifyLogoutToken(
  text: string,
  policy: LogoutPolicy,
  surroundings: Surroundings,
): Promise<LogoutToken | Reason> {
  if (text.length > MAX_TOKEN_LENGTH)
    return new Reason('token_too_large', {
      expected: `at most ${MAX_TOKEN_LENGTH} characters`,
      actual: `${text.length}`,
    })
  const token = parseCompact(text)
  if (token instanceof Reason) return token
  const issuer = await findIssuer(token, surroundings)
  if (issuer instanceof Reason) return issuer
  return judge(token, issuer, policy, surroundings)
}

/** The issuer by which the token is signed. */
async function findIssuer(
  token: ParsedToken,
  { settings: { issuers }, runtime }: Surroundings,
): Promise<Issuer | Reason> {
  const { header, claims } = token
  const patience = new Patience(runtime)
  const issuer = await patience.await(Promise.resolve(issuers.find(claims['iss'])), 'issuer_unavailable')
  if (issuer instanceof Reason)
    return foreignToken(
      issuer,
      claims,
      issuers.all.map((known) => known.issuer),
    )
  const refusal = checkAlgorithm(header, claims, issuer)
  if (refusal !== undefined) return refusal
  const found = Promise.resolve(findKeys(issuer.keys, header, `${claims['iss']}`))
  const keys = await patience.await(found, 'keys_unavailable')
  if (keys instanceof Reason) return keys
  const signer = findSigner(token, keys)
  if (signer instanceof Reason) return signer
  issuers.proved(issuer)
  return issuer
}

function judge(
  { header, claims }: ParsedToken,
  issuer: Issuer,
  policy: LogoutPolicy,
  { runtime }: Surroundings,
): LogoutToken | Reason {
  const ofAnotherKind = checkLogoutType(header, policy)
  if (ofAnotherKind !== undefined) return ofAnotherKind
  const sound = checkLogoutShape(claims, policy)
  if (sound instanceof Reason) return sound
  const logout = readLogoutToken(sound, policy)
  if (logout instanceof Reason) return logout
  const times = { ...issuer, maxTokenAge: policy.maxTokenAge, maxTokenLifetime: undefined }
  return checkTimes(sound, times, Math.floor(runtime.now() / 1000)) ?? logout
}
