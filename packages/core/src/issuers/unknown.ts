import { Reason } from '../reason.ts'
import { differBySlash } from '../text.ts'
import type { JsonObject } from '../token/json.ts'
import { isIdentityProvider, misdirection } from '../token/misdirected.ts'

const ENTRA = /^https:\/\/(login\.microsoftonline\.com|sts\.windows\.net)\//
const ENTRA_HINT =
  'Entra writes another iss into tokens of version 1.0 than of 2.0: presets.entra() takes both, or set requestedAccessTokenVersion in the manifest of this API; and compare the tenant'

/**
 * The reason for a token of a foreign issuer, with what it seems to be: nothing of it is verified, and nothing is admitted.
 *
 * @param own the identifiers of the API's issuers: another one of the same provider is a matter of options, not of the login
 */
export function foreignToken(reason: Reason, claims: JsonObject, own: readonly string[]): Reason {
  const { iss } = claims
  const { code, expected, actual } = reason
  if (code !== 'issuer_unknown') return reason
  if (typeof iss === 'string' && own.some((issuer) => differBySlash(issuer, iss))) return reason
  if (misdirection(claims) === 'management_token')
    return new Reason('management_token', { actual: `iss ${actual}` })
  if (typeof iss !== 'string') return reason
  if (isIdentityProvider(iss, own)) return new Reason('identity_provider_token', { expected, actual })
  return ENTRA.test(iss) && own.some((issuer) => ENTRA.test(issuer)) ? reason.withHint(ENTRA_HINT) : reason
}
