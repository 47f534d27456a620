import { badToken, unavailable } from './row.ts'

const UNVERIFIED = 'The signature of the token could not be verified'
const UNTRUSTED = 'The token was not issued by an issuer that this API trusts'

/** Issuers, keys and signatures. One sentence for all failures of a signature, on purpose: which part of a forgery failed is the operator's business. */
export const SIGNATURE = {
  issuer_unknown: badToken(
    UNTRUSTED,
    'iss is not an issuer of this API',
    'compare the option `issuer` with the iss claim, character by character',
  ),
  identity_provider_token: badToken(
    UNTRUSTED,
    'the token comes from an identity provider that people sign in with, not from the issuer of this API',
    "send the access token that this API's issuer gave after the login, not the one that it was given by the identity provider",
  ),
  revocation_unknown: unavailable(
    'The token cannot be verified at the moment',
    '`isRevoked` did not tell whether the token was revoked',
    'look at the store that it asks; a deny list may be set to admit meanwhile: onStoreError',
  ),
  issuer_unavailable: unavailable(
    'The token cannot be verified at the moment',
    'it cannot be told whether iss is an issuer of this API',
    'the function `issuer` failed, did not answer in time, or gave options that are wrong',
  ),
  algorithm_not_allowed: badToken(
    UNVERIFIED,
    'the token is signed with an algorithm that this API does not allow',
    'check the signing algorithm of this API at the issuer, or the option `algorithms`',
  ),
  delegation_token: badToken(
    UNVERIFIED,
    'the token is signed with a secret, for an application: it looks like a delegation token',
    "an API takes one only where it is configured with the target's secret, audience and issuer: keys: secret(value)",
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
  graph_token: badToken(
    UNVERIFIED,
    'the header has a nonce: the token is for Microsoft Graph, and only Graph can verify it',
    "let the client request a scope of this API's own (api://.../name), not of Graph",
  ),
  keys_unavailable: unavailable(
    'The token cannot be verified at the moment',
    "the issuer's keys cannot be had",
    'check that this machine reaches the issuer; requests are admitted again as soon as the keys can be fetched',
  ),
} as const
