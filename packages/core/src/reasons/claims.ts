import { badToken } from './row.ts'

const ANOTHER_API = 'The token is not meant for this API'
const NOT_CURRENT = 'The token is not valid at this time'

/** What a verified access token says. */
export const CLAIMS = {
  claim_missing: badToken(
    'The token lacks a required claim',
    'the token lacks a required claim',
    'configure the issuer to add the claim, or choose the profile that fits the issuer',
  ),
  claim_malformed: badToken(
    'A claim of the token is malformed',
    'a claim has a value of the wrong type',
    'RFC 7519 §4.1 and RFC 9068 §2.2 give the types',
  ),
  userinfo_token: badToken(
    ANOTHER_API,
    "the token is for the issuer's user information only",
    'let the client request an access token with the audience of this API; without one the issuer gives a token for /userinfo',
  ),
  management_token: badToken(
    ANOTHER_API,
    "the token is for the issuer's own Management API",
    'let the client request an access token with the audience of this API, and keep Management API tokens on servers that manage the tenant',
  ),
  audience_mismatch: badToken(
    ANOTHER_API,
    'aud does not name this API',
    'request the token with the audience (or resource) of this API',
  ),
  client_ambiguous: badToken(
    'A claim of the token is malformed',
    'azp and client_id name different clients',
    'the issuer must name one client; use a preset if it gives azp another meaning',
  ),
  bound_token: badToken(
    'The token is bound to a key that was not proved',
    'the token is sender-constrained (cnf) and no proof of possession was checked',
    'a bound token must not pass as a bearer token: ask the issuer for an unbound one',
  ),
  expired: badToken(
    'The token is expired',
    'the token is expired',
    'the client must get a new token; if it is fresh, compare the clocks',
  ),
  not_yet_valid: badToken(
    NOT_CURRENT,
    'nbf lies in the future',
    "compare this machine's clock with the issuer's, or raise `clockTolerance`",
  ),
  issued_in_future: badToken(
    NOT_CURRENT,
    'iat lies in the future',
    "compare this machine's clock with the issuer's, or raise `clockTolerance`",
  ),
  too_old: badToken(
    'The token is expired',
    'the token was issued longer ago than `maxTokenAge` allows',
    'the client must get a new token',
  ),
  revoked: badToken(
    'The token was revoked',
    'the token, its user, session or client was revoked',
    'the client must get a new token; if it was revoked by mistake, take the entry out of what `isRevoked` asks',
  ),
  lifetime_too_long: badToken(
    'The token is valid for too long',
    'exp - iat is more than `maxTokenLifetime` allows',
    'shorten the access token lifetime of this API at the issuer',
  ),
} as const
