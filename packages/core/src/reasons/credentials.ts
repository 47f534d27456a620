import { badRequest, badToken, bare } from './row.ts'

/** How a request carries its credentials. */
export const CREDENTIALS = {
  no_credentials: bare(
    'the request carries no credentials',
    'send the access token in the field `Authorization: Bearer <token>`',
  ),
  unsupported_scheme: bare(
    'the Authorization field uses a scheme that this API does not know',
    'send the access token in the field `Authorization: Bearer <token>`',
  ),
  scheme_missing: bare(
    'the Authorization field holds what looks like a token, without a scheme',
    'write `Bearer ` in front of the token',
  ),
  dpop_not_supported: bare(
    'the token was sent with the DPoP scheme, which this API does not support',
    'ask the issuer for a bearer token, not for a sender-constrained one',
  ),
  several_credentials: badRequest(
    'The request carries more than one set of credentials',
    'the request carries credentials more than once',
    'send exactly one Authorization field and no access_token in the query; a proxy that adds its own field must replace, not append',
  ),
  malformed_credentials: badRequest(
    'The Authorization field is malformed',
    'the Authorization field is not `Bearer <token>`',
    'one scheme, at least one space, one token and nothing behind it',
  ),
  token_too_large: badToken(
    'The token is too large',
    'the token is longer than the limit',
    'ask the issuer for a smaller token; large group or permission lists belong behind a reference',
  ),
} as const
