import { badToken, unavailable } from './row.ts'

/** What the issuer says of a token when it is asked (RFC 7662). */
export const INTROSPECTION = {
  token_inactive: badToken(
    'The token is not active',
    'the issuer says that the token is not active',
    'it has expired, was revoked, or is none of this issuer; some issuers say so of tokens that this API may not ask about',
  ),
  introspection_unavailable: unavailable(
    'The token cannot be verified at the moment',
    'the issuer could not be asked about the token',
    'check that this machine reaches the introspection endpoint, and the option `introspection`',
  ),
} as const
