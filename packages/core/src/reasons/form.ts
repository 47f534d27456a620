import { badToken, unavailable } from './row.ts'

/** One sentence for all that can be wrong with an encryption. */
const UNDECRYPTED = 'The token could not be decrypted'

/** How a token is written. */
export const FORM = {
  opaque_token: badToken(
    'The token is not a signed JSON Web Token',
    'the token is opaque: it is no JSON Web Token',
    'the issuer gives opaque tokens to clients that name no API: request the token with the audience (or resource) of this API, or let the API ask the issuer: the option `introspection`',
  ),
  encrypted_token: badToken(
    'The token is not a signed JSON Web Token',
    'the token is an encrypted JSON Web Token, which this API does not accept',
    'configure the issuer to sign access tokens for this API without encrypting them, or set the option `decryption`; an encrypted token is often one without an audience',
  ),
  encryption_required: badToken(
    'The token is not encrypted',
    'the token is not encrypted, and this API takes none that is not',
    'let the issuer encrypt the access tokens of this API, or leave `decryption.required` out',
  ),
  encryption_not_allowed: badToken(
    UNDECRYPTED,
    'the token is encrypted in a way that this API does not allow',
    "let the issuer encrypt this API's tokens with RSA-OAEP-256 or ECDH-ES, and A256GCM or A128GCM, without compression",
  ),
  decryption_failed: badToken(
    UNDECRYPTED,
    'the token cannot be decrypted with the keys of this API',
    'it was encrypted for a key that is not in `decryption.keys` (a new one? one of another API?), or changed on its way; more is not told',
  ),
  decryption_unavailable: unavailable(
    'The token cannot be verified at the moment',
    'the token was not decrypted in time',
    'the machine is busy: each new encrypted token costs it a private-key operation on one of its worker threads',
  ),
  unsigned_content: badToken(
    'The token is not a signed JSON Web Token',
    'what is encrypted in the token is no signed JSON Web Token, or is not said to be one',
    'let the issuer sign the token first, and then encrypt it with cty JWT: anyone who has the public key can encrypt claims',
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
