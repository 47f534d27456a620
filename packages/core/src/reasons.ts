/** What the wire may say (RFC 6750 §3.1); `temporarily_unavailable` is a 503 and carries no challenge. */
export type WireError = 'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'temporarily_unavailable'

/** One row of the table: the caller's side (`status`, `error`, `sentence`) and the operator's (`meaning`, `hint`). */
export interface ReasonRow {
  readonly status: 400 | 401 | 403 | 503
  /** `undefined`: a bare challenge, for a request that carried no credentials of ours. */
  readonly error: WireError | undefined
  /** Fixed text for the caller. Never built from what was sent. */
  readonly sentence: string
  /** What happened, for the operator's log. Expected and actual values are appended. */
  readonly meaning: string
  /** What to do about it, where nothing more precise is known. Never reaches the wire. */
  readonly hint: string
}

const bare = (meaning: string, hint: string): ReasonRow => ({
  status: 401,
  error: undefined,
  sentence: '',
  meaning,
  hint,
})
const badRequest = (sentence: string, meaning: string, hint: string): ReasonRow => ({
  status: 400,
  error: 'invalid_request',
  sentence,
  meaning,
  hint,
})
const badToken = (sentence: string, meaning: string, hint: string): ReasonRow => ({
  status: 401,
  error: 'invalid_token',
  sentence,
  meaning,
  hint,
})
const forbidden = (sentence: string, meaning: string, hint: string): ReasonRow => ({
  status: 403,
  error: 'insufficient_scope',
  sentence,
  meaning,
  hint,
})
const unavailable = (sentence: string, meaning: string, hint: string): ReasonRow => ({
  status: 503,
  error: 'temporarily_unavailable',
  sentence,
  meaning,
  hint,
})

// Several reasons share a sentence on purpose: which part of a forgery failed is nobody's business but the operator's.
const UNVERIFIED = 'The signature of the token could not be verified'
const NOT_CURRENT = 'The token is not valid at this time'
const NOT_AN_ACCESS_TOKEN = 'The token is not an access token'
const ID_TOKEN = 'An ID token was presented where an access token is required'

/** Every way a request can be refused. The codes are stable; docs/reasons.md is generated from this table. */
export const REASONS = {
  no_credentials: bare(
    'the request carries no credentials',
    'send the access token in the field `Authorization: Bearer <token>`',
  ),
  unsupported_scheme: bare(
    'the Authorization field uses a scheme that this API does not know',
    'send the access token in the field `Authorization: Bearer <token>`',
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

  issuer_unknown: badToken(
    'The token was not issued by an issuer that this API trusts',
    'iss is not an issuer of this API',
    'compare the option `issuer` with the iss claim, character by character',
  ),
  algorithm_not_allowed: badToken(
    UNVERIFIED,
    'the token is signed with an algorithm that this API does not allow',
    'check the signing algorithm of this API at the issuer, or the option `algorithms`',
  ),
  key_unknown: badToken(
    UNVERIFIED,
    "no key of the issuer's key set has the token's kid",
    'the token comes from another issuer (another tenant or environment?), or its key was withdrawn',
  ),
  key_unfit: badToken(
    UNVERIFIED,
    "the key that the token names cannot be used with the token's algorithm",
    "the key's type, curve, use, key_ops and alg must fit the token's alg",
  ),
  signature_invalid: badToken(
    UNVERIFIED,
    'the signature does not fit the token',
    'the token was changed on its way, or was signed with another key than the one it names',
  ),
  keys_unavailable: unavailable(
    'The token cannot be verified at the moment',
    "the issuer's keys cannot be had",
    'check that this machine reaches the issuer; requests are admitted again as soon as the keys can be fetched',
  ),

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
  audience_mismatch: badToken(
    'The token is not meant for this API',
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
  lifetime_too_long: badToken(
    'The token is valid for too long',
    'exp - iat is more than `maxTokenLifetime` allows',
    'shorten the access token lifetime of this API at the issuer',
  ),

  client_not_allowed: forbidden(
    'The client is not allowed to use this operation',
    'the client is not on the list',
    'add the client to the option `clients`, if it may use this API',
  ),
  scope_missing: forbidden(
    'The token lacks a scope that the operation requires',
    'the token lacks a scope',
    'request the scope, and check that client and user are granted it at the issuer',
  ),
  claim_mismatch: forbidden(
    'The token does not allow the operation',
    'a claim does not have the value that the operation requires',
    'the caller is who it says, but may not do this',
  ),
  guard_denied: forbidden(
    'The token does not allow the operation',
    'a guard denied the request',
    'the caller is who it says, but may not do this',
  ),
} as const satisfies Record<string, ReasonRow>

/** The stable name of a way to be refused. */
export type ReasonCode = keyof typeof REASONS
