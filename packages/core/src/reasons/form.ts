import { badToken } from './row.ts'

/** How a token is written. */
export const FORM = {
  opaque_token: badToken(
    'The token is not a signed JSON Web Token',
    'the token is opaque: it is no JSON Web Token',
    'the issuer gives opaque tokens to clients that name no API: request the token with the audience (or resource) of this API',
  ),
  encrypted_token: badToken(
    'The token is not a signed JSON Web Token',
    'the token is an encrypted JSON Web Token, which this API does not accept',
    'configure the issuer to sign access tokens for this API without encrypting them; an encrypted token is often one without an audience',
  ),
  malformed_token: badToken(
    'The token is malformed',
    'the token is not a well-formed signed JSON Web Token',
    'check that the token arrives whole and unchanged: cut off by a copy, a log or a field limit?',
  ),
  critical_header: badToken(
    'The token is malformed',
    'the token demands an extension that this API does not understand',
    'the header parameters crit and b64 are refused (RFC 7515 §4.1.11, RFC 7797)',
  ),
} as const
