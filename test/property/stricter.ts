import type { ReasonCode } from '@gatewarden/core'
import type { Api } from './judges.ts'
import { type Recipe, SOUND } from './tokens.ts'

/** A reason for which core refuses tokens that jose admits. */
export interface Stricter {
  readonly why: string
  /** Tokens that core refuses for this reason and jose admits: as long as they do, the entry is needed. */
  readonly examples: { readonly [what: string]: Recipe }
}

const recipe = (changes: Partial<Recipe>, api: Api = 'public keys'): Recipe => ({
  ...SOUND,
  api,
  algorithm: api === 'secret' ? 'HS256' : 'ES256',
  ...changes,
})
const claim = (set: string, text: string): Recipe => recipe({ claims: [{ set, text }] })
const header = (set: string, text: string): Recipe => recipe({ header: [{ set, text }] })
const untyped = (...claims: Recipe['claims']): Recipe => recipe({ header: [{ drop: 'typ' }], claims })

/** All reasons for which core may be stricter than jose. Anything that is not here must be judged alike. */
export const STRICTER: { readonly [code in ReasonCode]?: Stricter } = {
  malformed_token: {
    why: 'one token has one spelling and one meaning: jose takes duplicate members, loose base64url, byte order marks and Infinity (RFC 7515 §2, RFC 7519 §4, RFC 8725 §3.7)',
    examples: {
      'a duplicate claim': recipe({ claims: [{ add: 'sub', text: '"admin"' }] }),
      'a duplicate member inside a claim': claim('extra', '{"a":1,"a":2}'),
      'a duplicate header parameter': recipe({ header: [{ add: 'typ', text: '"at+jwt"' }] }),
      'an infinite exp': claim('exp', '1e400'),
      'a byte order mark': recipe({ wreck: 'byte order mark in the payload' }),
      'a payload nested deeply': recipe({ wreck: 'payload is nested deeply' }),
      'loose bits in the signature': recipe({ wreck: 'signature with loose bits' }),
      'a padded signature': recipe({ wreck: 'signature padded' }),
      'a kid that is a number, where there is one key': recipe(
        { header: [{ set: 'kid', text: '5' }] },
        'secret',
      ),
    },
  },
  malformed_credentials: {
    why: 'white space and line feeds are not part of a b64token (RFC 6750 §2.1)',
    examples: {
      'a space inside the signature': recipe({ wreck: 'signature with a space inside' }),
      'a line feed behind the token': recipe({ wreck: 'signature with a line feed behind' }),
    },
  },
  token_too_large: {
    why: 'a token beyond 16 KiB is not looked at (ours)',
    examples: { 'a long claim': claim('extra', `"${'x'.repeat(16_384)}"`) },
  },
  critical_header: {
    why: 'no extension is understood, b64 with or without crit neither (RFC 7515 §4.1.11, RFC 7797 §3)',
    examples: {
      'b64 without crit': header('b64', 'true'),
      'b64 false without crit': header('b64', 'false'),
      'b64 named in crit': recipe({
        header: [
          { set: 'crit', text: '["b64"]' },
          { set: 'b64', text: 'true' },
        ],
      }),
    },
  },
  claim_missing: {
    why: 'a token without exp would be valid for ever (RFC 9068 §4)',
    examples: { 'no exp': recipe({ claims: [{ drop: 'exp' }] }) },
  },
  claim_malformed: {
    why: 'registered claims have the types that RFC 7519 §4.1 and RFC 9068 §2.2 give them, and null is not absence',
    examples: {
      'sub as a number': claim('sub', '5'),
      'client_id as null': claim('client_id', 'null'),
      'aud with a number beside this API': claim('aud', '["https://api.test/",5]'),
    },
  },
  issued_in_future: {
    why: 'a token from the future shows a wrong clock; jose looks at iat only with maxTokenAge (RFC 7519 §4.1.6)',
    examples: { 'iat in an hour': claim('iat', '1800003600') },
  },
  other_token_type: {
    why: 'a token of another explicit type is no access token (RFC 8725 §3.11)',
    examples: {
      'typ dpop+jwt': header('typ', '"dpop+jwt"'),
      'typ null': header('typ', 'null'),
      'token_use refresh': claim('token_use', '"refresh"'),
      'a security event': claim('events', '{}'),
    },
  },
  id_token: {
    why: 'an ID token is for the client (OpenID Connect Core §2)',
    examples: {
      'typ id_token+jwt': header('typ', '"id_token+jwt"'),
      'a nonce': untyped({ set: 'nonce', text: '"n"' }),
      'token_use id': claim('token_use', '"id"'),
    },
  },
  refresh_token: {
    why: 'a refresh token is for the issuer (RFC 6749 §1.5)',
    examples: { 'the claim typ Refresh': claim('typ', '"Refresh"') },
  },
  logout_token: {
    why: 'a logout token is for the client (OpenID Connect Back-Channel Logout §2.4)',
    examples: { 'typ logout+jwt': header('typ', '"logout+jwt"') },
  },
  not_an_access_token: {
    why: 'nothing shows that it is an access token (ours)',
    examples: { 'no typ, scope and client': untyped({ drop: 'client_id' }) },
  },
  client_ambiguous: {
    why: 'azp and client_id must name one client (ours)',
    examples: { 'another azp': claim('azp', '"another"') },
  },
  bound_token: {
    why: 'a bound token must not pass as a bearer token (RFC 7800 §3, RFC 9449 §7.2)',
    examples: {
      'bound to a DPoP key': claim('cnf', '{"jkt":"x"}'),
      'bound to nothing': claim('cnf', '{}'),
      'bound by null': claim('cnf', 'null'),
    },
  },
}
