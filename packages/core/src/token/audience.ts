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
  if (claim === null || haveCommon(mapping.audience(claims), expected)) return undefined
  if (claim !== 'aud') {
    return new Reason('audience_mismatch', {
      expected: `${claim} ${show(expected)}`,
      actual: show(claims[claim]),
      hint: `this issuer names in ${claim} whom a token is for: check the preset's options`,
    })
  }
  const near = nearlyHint(audiences(claims), expected)
  const code = near === undefined ? misdirection(claims) : undefined
  return new Reason(code ?? 'audience_mismatch', {
    expected: show(expected),
    actual: show(claims.aud),
    hint: code === undefined ? (near ?? mismatchHint(header, claims, expected)) : undefined,
  })
}

/** Whether two lists have a name in common. A loop: `some` takes twice as long over a frozen list. */
function haveCommon(names: readonly string[], others: readonly string[]): boolean {
  for (const name of names) if (others.includes(name)) return true
  return false
}

function nearlyHint(actual: readonly string[], expected: readonly string[]): string | undefined {
  const some = (near: (a: string, b: string) => boolean) =>
    actual.some((audience) => expected.some((api) => near(api, audience)))
  const fix = 'write it the same way at the issuer and here'
  if (some(differBySlash)) return `aud differs from the expected audience by a trailing slash only: ${fix}`
  if (some((a, b) => a.toLowerCase() === b.toLowerCase()))
    return `aud differs from the expected audience by letter case only: ${fix}`
  return undefined
}

function mismatchHint(header: JoseHeader, claims: JwtClaims, expected: readonly string[]): string {
  const actual = audiences(claims)
  const request = `Request an access token with audience ${show(expected[0])}`
  if (actual.length === 0) return `the token names no audience. ${request}`
  if (actual.length === 1 && actual[0] === 'account')
    return `Keycloak names only \`account\` until the client has an audience mapper for this API. ${request}`
  const clientId = actual.find((audience) => looksLikeClientId(audience, claims))
  if (clientId !== undefined && !provesAccessToken(header, claims) && claims['scope'] === undefined) {
    return `aud is ${show(clientId)}, which looks like a client id: this is an ID token. ${request}`
  }
  return `the token is for another API. ${request}`
}
