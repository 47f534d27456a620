import { isB64Token } from '../http/credentials.ts'
import type { Issuer } from '../issuers/issuer.ts'
import { isHmac, isSignatureAlgorithm } from '../token/algorithms.ts'
import { type AuthContext, nameWithin } from '../token/context.ts'
import { isFetchable } from '../upstream/fetchable.ts'
import { UserinfoError } from './userinfo-error.ts'

/**
 * What keeps a token from its issuer's userinfo endpoint, as far as token and issuer say so themselves: a shared secret (the token is
 * the API's own affair), a key that it is bound to (an API cannot prove to have it), nobody whom it is about, an issuer that is no
 * address.
 */
export function objectionTo(auth: AuthContext, { sharedSecret }: Issuer): UserinfoError | undefined {
  const { alg } = auth.header
  if (sharedSecret || (isSignatureAlgorithm(alg) && isHmac(alg)))
    return notAllowed('the token is signed with a secret that the API shares, so it is not for the issuer')
  if (auth.scheme !== 'Bearer' || auth.claims['cnf'] !== undefined)
    return notAllowed('the token is bound to a key of the caller')
  if (auth.subject === undefined) return notAllowed('the token has no `sub`')
  if (nameWithin(auth) !== undefined)
    return notAllowed('the token is encrypted for this API, so the issuer cannot read it')
  if (!isB64Token(auth.token)) return notAllowed('the token cannot stand in a header (RFC 6750 §2.1)')
  if (isFetchable(auth.issuer)) return undefined
  return new UserinfoError('unsupported', {
    actual: 'the issuer is no address, so it has no metadata that names its userinfo endpoint',
  })
}

/**
 * Whether the issuer gave the token out for this endpoint too: it says so in `aud`, or the issuer was asked about the token itself,
 * which has shown it to the issuer already.
 */
export function audienceObjection(auth: AuthContext, endpoint: string): UserinfoError | undefined {
  if (isIntrospected(auth) || auth.audience.includes(endpoint)) return undefined
  return notAllowed(
    `\`aud\` does not name ${endpoint}: let the client request the scope openid together with the audience of this API (Auth0), or put what the API needs into the access token`,
  )
}

/** An opaque token has no header. */
function isIntrospected({ header }: AuthContext): boolean {
  return header.alg === ''
}

function notAllowed(actual: string): UserinfoError {
  return new UserinfoError('not_allowed', { actual })
}
