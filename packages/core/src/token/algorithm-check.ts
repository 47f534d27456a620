import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { isHmac, isSignatureAlgorithm, type SignatureAlgorithm } from './algorithms.ts'
import type { JoseHeader } from './compact.ts'
import type { JsonObject } from './json.ts'
import type { TokenPolicy } from './policy.ts'

/**
 * Whether the token's algorithm is on the allow-list (RFC 8725 §3.1). Runs before any key is looked up: the token never chooses
 * what its key is used for. The claims are not verified; they serve to name the mistake.
 */
export function checkAlgorithm(
  { alg }: JoseHeader,
  claims: JsonObject,
  { algorithms }: TokenPolicy,
): Reason | undefined {
  if (isSignatureAlgorithm(alg) && algorithms.includes(alg)) return undefined
  const code =
    isSignatureAlgorithm(alg) && isHmac(alg) && isDelegated(claims)
      ? 'delegation_token'
      : 'algorithm_not_allowed'
  return new Reason(code, {
    expected: algorithms.join(' or '),
    actual: show(alg),
    hint: code === 'delegation_token' ? undefined : hintFor(alg, algorithms),
  })
}

/** Given by one application for another, each by its client id. */
function isDelegated({ aud, azp }: JsonObject): boolean {
  return typeof aud === 'string' && typeof azp === 'string' && aud !== azp && !aud.includes(':')
}

function hintFor(alg: string, allowed: readonly SignatureAlgorithm[]): string | undefined {
  if (alg.toLowerCase() === 'none') return 'the token is unsigned; anyone could have written it'
  if (!isSignatureAlgorithm(alg))
    return `${show(alg)} is not supported (names are compared with their letter case)`
  const expected = allowed.length > 3 ? 'a public-key algorithm such as RS256' : allowed.join(' or ')
  const hint = `signed with ${alg} while this API expects ${expected}: check the API's signing algorithm at the issuer`
  return isHmac(alg) ? `${hint}, or it is a token for an API of the issuer that shares a secret` : hint
}
