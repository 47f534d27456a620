import { Reason } from '../reason.ts'
import type { JsonObject } from '../token/json.ts'
import { isIdentityProvider, misdirection } from '../token/misdirected.ts'

/** The reason for a token of a foreign issuer, with what it seems to be: nothing of it is verified, and nothing is admitted. */
export function foreignToken(reason: Reason, claims: JsonObject): Reason {
  if (reason.code !== 'issuer_unknown') return reason
  const { expected, actual } = reason
  if (misdirection(claims) === 'management_token')
    return new Reason('management_token', { actual: `iss ${actual}` })
  return isIdentityProvider(claims['iss'])
    ? new Reason('identity_provider_token', { expected, actual })
    : reason
}
