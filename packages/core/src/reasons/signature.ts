import { badToken, unavailable } from './row.ts'

const UNVERIFIED = 'The signature of the token could not be verified'

/** Issuers, keys and signatures. One sentence for all failures of a signature, on purpose: which part of a forgery failed is the operator's business. */
export const SIGNATURE = {
  issuer_unknown: badToken(
    'The token was not issued by an issuer that this API trusts',
    'iss is not an issuer of this API',
    'compare the option `issuer` with the iss claim, character by character',
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
} as const
