import { badToken } from './row.ts'

const NOT_AN_ACCESS_TOKEN = 'The token is not an access token'
const ID_TOKEN = 'An ID token was presented where an access token is required'

/** Tokens that are something else than access tokens. */
export const KIND = {
  id_token: badToken(
    ID_TOKEN,
    'the token is an ID token',
    'an ID token tells the client who signed in; send the access token to the API',
  ),
  refresh_token: badToken(
    NOT_AN_ACCESS_TOKEN,
    'the token is a refresh token',
    'send the access token; a refresh token is for the issuer only',
  ),
  logout_token: badToken(
    NOT_AN_ACCESS_TOKEN,
    'the token is a logout token',
    'a logout token is for the back-channel logout endpoint of a client',
  ),
  other_token_type: badToken(
    NOT_AN_ACCESS_TOKEN,
    'the type of the token says that it is something else than an access token',
    'a type other than at+jwt or JWT names another use; it is never accepted as an access token (RFC 8725)',
  ),
  not_an_access_token: badToken(
    NOT_AN_ACCESS_TOKEN,
    'nothing in the token shows that it is an access token: it reads like an ID token',
    'send the access token, not the ID token; if this is one, let the issuer add typ at+jwt, a scope or a client_id',
  ),
  type_required: badToken(
    NOT_AN_ACCESS_TOKEN,
    'the header typ is not at+jwt, which the profile rfc9068 requires',
    "let the issuer give RFC 9068 access tokens, or use profile: 'jwt'",
  ),
} as const
