import { ADMITTED, badToken, type Case, type Expected, tokenCase } from '../case.ts'
import { AUDIENCE, ISSUER, NOW, type World } from '../world.ts'

const CLAIMS = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'user-1',
  client_id: 'test-client',
  iat: NOW,
  exp: NOW + 60,
  jti: '1',
}
const PAYLOAD = JSON.stringify(CLAIMS)
const malformed = (message: RegExp): Expected => badToken('malformed_token', { message })

/** A correctly signed token with exactly this payload text. */
const payload =
  (text: string | Uint8Array) =>
  ({ issuer }: World) =>
    issuer.raw({ payload: text })

/** A correctly signed token with exactly this header text. */
const header =
  (text: (kid: string) => string) =>
  ({ issuer }: World) =>
    issuer.raw({ header: text(issuer.kid('RS256')), payload: PAYLOAD, algorithm: 'RS256' })

/** A good token, changed as text after it was signed. */
const changed =
  (change: (token: string) => string) =>
  async ({ issuer }: World) =>
    change(await issuer.accessToken())

/** The last character of RS256's 342 carries four loose bits: the next letter decodes to the same bytes. */
const looseBits = (token: string) =>
  `${token.slice(0, -1)}${String.fromCharCode(token.charCodeAt(token.length - 1) + 1)}`

/** The token's form: RFC 7515 and RFC 8725 on how it is written. */
export const FORM: readonly Case[] = [
  tokenCase('admits a token of exactly this raw form (RFC 7519 §7.2)', payload(PAYLOAD), ADMITTED),
  tokenCase(
    'answers 401 to an opaque token and tells the operator to ask for an audience (RFC 9068 §4)',
    ({ issuer }) => issuer.opaque(),
    badToken('opaque_token', { hint: /audience/ }),
  ),
  tokenCase(
    'answers 401 to an encrypted token before any work (RFC 9068 §4)',
    ({ issuer }) => issuer.encrypted(),
    badToken('encrypted_token'),
  ),
  ...['a.b', 'a.b.c.d', '....', 'a.b.c.d.e.f'].map((text) =>
    tokenCase(`answers 401 to ${text}, which has not three parts (RFC 7515 §7.1)`, async () => text, {
      status: 401,
      error: 'invalid_token',
    }),
  ),
  tokenCase(
    'answers 401 to text that only looks like a token (RFC 7515 §7.1)',
    async () => 'not.a.jwt',
    malformed(/header/),
  ),
  tokenCase('answers 401 to three empty parts (RFC 7515 §7.1)', async () => '..', malformed(/header/)),
  tokenCase(
    'answers 401 to a token without its signature (RFC 7515 §7.1)',
    changed((token) => token.slice(0, token.lastIndexOf('.') + 1)),
    badToken('signature_invalid'),
  ),
  tokenCase(
    'answers 401 to padding (RFC 7515 §2)',
    changed((token) => `${token}==`),
    malformed(/signature that is not base64url/),
  ),
  tokenCase(
    'answers 401 to loose bits in the last character (RFC 7515 §2)',
    changed(looseBits),
    malformed(/signature that is not base64url/),
  ),
  tokenCase(
    'answers 401 to the letters of plain base64 (RFC 7515 §2)',
    changed((token) => `${token.slice(0, -4)}+/+/`),
    malformed(/base64url/),
  ),
  tokenCase(
    'answers 401 to a payload that is not UTF-8 (RFC 8725 §3.7)',
    payload(Buffer.from(PAYLOAD.replace('user-1', '\xff'), 'latin1')),
    malformed(/UTF-8/),
  ),
  tokenCase(
    'answers 401 to a byte order mark (RFC 8725 §3.7)',
    payload(`\uFEFF${PAYLOAD}`),
    malformed(/not JSON/),
  ),
  tokenCase(
    'answers 401 to a payload that is not JSON (RFC 7519 §7.2)',
    payload('{iss:1}'),
    malformed(/not JSON/),
  ),
  ...['[]', 'null', '"text"', '1'].map((text) =>
    tokenCase(
      `answers 401 to the payload ${text} (RFC 7519 §7.2)`,
      payload(text),
      malformed(/not a JSON object/),
    ),
  ),
  tokenCase(
    'answers 401 to a claim that is there twice (RFC 7519 §4)',
    payload(PAYLOAD.replace('{', '{"sub":"evil",')),
    malformed(/twice/),
  ),
  tokenCase(
    'answers 401 to a claim that is there twice, once in escapes (RFC 7519 §4)',
    payload(PAYLOAD.replace('{', '{"\\u0073ub":"evil",')),
    malformed(/twice/),
  ),
  tokenCase(
    'answers 401 to a member that is there twice inside a claim (RFC 8725 §3.7)',
    payload(PAYLOAD.replace('{', '{"x":{"a":1,"a":2},')),
    malformed(/twice/),
  ),
  tokenCase(
    'answers 401 to a number that is none (RFC 8259 §6)',
    payload(PAYLOAD.replace('{', '{"x":1e400,')),
    malformed(/out of range/),
  ),
  tokenCase(
    'answers 401 to a payload nested beyond reason (size limit)',
    payload(PAYLOAD.replace('{', `{"x":${'['.repeat(40)}${']'.repeat(40)},`)),
    malformed(/nested/),
  ),
  tokenCase(
    'takes __proto__ and constructor as claims like any other (RFC 7519 §4)',
    payload(PAYLOAD.replace('{', '{"__proto__":{"scope":"admin"},"constructor":1,')),
    { status: 200, body: { scopes: [] } },
  ),
  tokenCase(
    'answers 401 to a header member that is there twice (RFC 7515 §4)',
    header((kid) => `{"alg":"none","alg":"RS256","typ":"at+jwt","kid":"${kid}"}`),
    malformed(/header that names a member twice/),
  ),
  tokenCase(
    'answers 401 to a header without alg (RFC 7515 §4.1.1)',
    header((kid) => `{"typ":"at+jwt","kid":"${kid}"}`),
    malformed(/alg/),
  ),
  tokenCase(
    'answers 401 to a kid that is no text (RFC 7515 §4.1.4)',
    header(() => '{"alg":"RS256","typ":"at+jwt","kid":1}'),
    malformed(/kid/),
  ),
  tokenCase(
    'answers 401 to a header over 4 KiB (size limit)',
    header((kid) => `{"alg":"RS256","kid":"${kid}","x":"${'a'.repeat(4096)}"}`),
    malformed(/header over/),
  ),
  ...['["exp"]', '["b64"]', '[]', '["x","x"]', 'null', '"exp"'].map((crit) =>
    tokenCase(
      `answers 401 to crit ${crit} (RFC 7515 §4.1.11)`,
      header((kid) => `{"alg":"RS256","typ":"at+jwt","kid":"${kid}","exp":1,"crit":${crit}}`),
      badToken('critical_header'),
    ),
  ),
  tokenCase(
    'answers 401 to an unencoded payload (RFC 7797 §3)',
    header((kid) => `{"alg":"RS256","typ":"at+jwt","kid":"${kid}","b64":false}`),
    badToken('critical_header'),
  ),
  tokenCase(
    'admits a header with parameters that it does not know (RFC 7515 §4)',
    header((kid) => `{"alg":"RS256","typ":"at+jwt","kid":"${kid}","cty":"x","x-own":1}`),
    ADMITTED,
  ),
]
