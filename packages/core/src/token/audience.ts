import { Reason } from '../reason.ts'
import { differBySlash, show } from '../text.ts'
import { audiences, type JwtClaims } from './claims.ts'
import { looksLikeClientId } from './client.ts'
import type { JoseHeader } from './compact.ts'
import { provesAccessToken } from './kind.ts'
import { misdirection } from './misdirected.ts'
import type { TokenPolicy } from './policy.ts'

/** Whether `aud` names this API, byte for byte (RFC 7519 §4.1.3, RFC 9068 §4). A token without `aud` is for nobody in particular. */
export function checkAudience(
  header: JoseHeader,
  claims: JwtClaims,
  policy: TokenPolicy,
): Reason | undefined {
  const { audience: expected, mapping } = policy
  const claim = mapping.audienceClaim
  if (claim === null || mapping.audience(claims).some((audience) => expected.includes(audience)))
    return undefined
  if (claim !== 'aud') {
    return new Reason('audience_mismatch', {
      expected: `${claim} ${show(expected)}`,
      actual: show(claims[claim]),
      hint: `this issuer names in ${claim} whom a token is for: check the preset's options`,
    })
  }
  return new Reason(misdirection(claims) ?? 'audience_mismatch', {
    expected: show(expected),
    actual: show(claims.aud),
    hint: mismatchHint(header, claims, expected),
  })
}

function mismatchHint(
  header: JoseHeader,
  claims: JwtClaims,
  expected: readonly string[],
): string | undefined {
  const actual = audiences(claims)
  if (misdirection(claims) !== undefined) return undefined
  const request = `Request an access token with audience ${show(expected[0])}`
  if (actual.length === 0) return `the token names no audience. ${request}`
  if (actual.some((audience) => expected.some((api) => differBySlash(api, audience)))) {
    return 'aud differs from the expected audience by a trailing slash only: write it the same way at the issuer and here'
  }
  if (actual.some((audience) => expected.some((api) => api.toLowerCase() === audience.toLowerCase()))) {
    return 'aud differs from the expected audience by letter case only: write it the same way at the issuer and here'
  }
  if (actual.length === 1 && actual[0] === 'account')
    return `Keycloak names only \`account\` until the client has an audience mapper for this API. ${request}`
  const clientId = actual.find((audience) => looksLikeClientId(audience, claims))
  if (clientId !== undefined && !provesAccessToken(header, claims) && claims['scope'] === undefined) {
    return `aud is ${show(clientId)}, which looks like a client id: this is an ID token. ${request}`
  }
  return `the token is for another API. ${request}`
}
