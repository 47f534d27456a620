import { findKeys } from '../keys/find.ts'
import type { KeySource } from '../keys/key-source.ts'
import { Reason } from '../reason.ts'
import type { Runtime } from '../runtime.ts'
import { show } from '../text.ts'
import { isSignatureAlgorithm, type SignatureAlgorithm } from '../token/algorithms.ts'
import { parseCompact } from '../token/compact.ts'
import type { JsonObject } from '../token/json.ts'
import { findSigner } from '../token/signature.ts'
import { FetchFailure } from '../upstream/fetch.ts'

/** The media type of a signed answer (RFC 9701 §4). */
export const SIGNED_TYPE = 'application/token-introspection+jwt'

/** What a signed answer is held to. */
export interface SignedAnswerPolicy {
  readonly issuer: string
  readonly keys: KeySource
  readonly algorithms: readonly SignatureAlgorithm[]
  /** Who this API is: its client id at the issuer, and its identifiers. */
  readonly recipients: readonly string[]
  readonly clockTolerance: number
  readonly now: Runtime['now']
}

/** Seconds for which an answer may have been on its way: an older one is another request's. */
const MAX_AGE = 60

/**
 * The member `token_introspection` of a signed answer whose signature, issuer, audience and age hold (RFC 9701 §5).
 *
 * @throws FetchFailure where they do not
 */
export async function readSignedAnswer(
  url: string,
  text: string,
  policy: SignedAnswerPolicy,
): Promise<JsonObject> {
  const flawed = (flaw: string): FetchFailure => new FetchFailure(`${url} gave a signed answer ${flaw}`)
  const jws = parseCompact(text)
  if (jws instanceof Reason) throw flawed(`that cannot be read: ${jws.message}`)
  const { header, claims } = jws
  if (!isSigned(header['typ'])) throw flawed(`of typ ${show(header['typ'])}`)
  if (!isSignatureAlgorithm(header.alg) || !policy.algorithms.includes(header.alg))
    throw flawed(`with alg ${show(header.alg)}, which is not allowed`)
  if (claims['iss'] !== policy.issuer) throw flawed(`of iss ${show(claims['iss'])}`)
  const keys = await findKeys(policy.keys, header, policy.issuer)
  const signer = keys instanceof Reason ? keys : findSigner(jws, keys)
  if (signer instanceof Reason) throw flawed(`that is not verified: ${signer.message}`)

  if (![claims['aud']].flat().some((one) => policy.recipients.includes(one as string)))
    throw flawed(`for ${show(claims['aud'])}, not for ${show(policy.recipients)}`)
  const { iat, token_introspection: answer } = claims
  const now = policy.now() / 1000
  if (typeof iat !== 'number' || Math.abs(now - iat) > MAX_AGE + policy.clockTolerance)
    throw flawed(`with iat ${show(iat)}, which is not now`)
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw flawed('without the object token_introspection')
  return answer as JsonObject
}

function isSigned(typ: unknown): boolean {
  return (
    typeof typ === 'string' && typ.toLowerCase().replace(/^application\//, '') === 'token-introspection+jwt'
  )
}
