import { ADMITTED, badToken, type Case, forbidden, tokenCase } from '../case.ts'
import { AUDIENCE, NOW } from '../world.ts'

/** A token with these claims beside the usual ones. */
const claims =
  (changes: Record<string, unknown>) =>
  ({ issuer }: Parameters<Case['request']>[0]) =>
    issuer.accessToken({ claims: changes })

/** Claims, profiles, clients and binding. */
export const CLAIMS: readonly Case[] = [
  tokenCase('admits aud as text (RFC 7519 §4.1.3)', claims({ aud: AUDIENCE }), ADMITTED),
  tokenCase(
    'admits aud as a list that names this API among others (RFC 7519 §4.1.3)',
    claims({ aud: ['urn:other', AUDIENCE] }),
    { status: 200, body: { audience: ['urn:other', AUDIENCE] } },
  ),
  tokenCase(
    'admits the second audience of an API that has two (RFC 9068 §4)',
    claims({ aud: 'urn:health' }),
    ADMITTED,
    { api: 'two audiences' },
  ),
  tokenCase(
    'answers 401 to a token for another API (CVE-2025-62610)',
    claims({ aud: 'https://example.com/other-api' }),
    badToken('audience_mismatch', {
      message: /expected `https:\/\/example.com\/health-api`, got `https:\/\/example.com\/other-api`/,
      hint: /for another API/,
    }),
  ),
  tokenCase(
    'answers 401 to an audience with a slash more, and says so to the operator (RFC 9068 §4)',
    claims({ aud: `${AUDIENCE}/` }),
    badToken('audience_mismatch', { hint: /trailing slash only/ }),
  ),
  tokenCase(
    'answers 401 to an audience in other letters, and says so to the operator (RFC 9068 §4)',
    claims({ aud: AUDIENCE.toUpperCase() }),
    badToken('audience_mismatch', { hint: /letter case/ }),
  ),
  tokenCase(
    'answers 401 to a part of the audience (RFC 9068 §4)',
    claims({ aud: 'https://example.com' }),
    badToken('audience_mismatch'),
  ),
  tokenCase(
    'answers 401 to two audiences in one text (RFC 7519 §4.1.3)',
    claims({ aud: `${AUDIENCE} urn:other` }),
    badToken('audience_mismatch'),
  ),
  tokenCase(
    'answers 401 to a token without aud (RFC 9068 §4)',
    claims({ aud: undefined }),
    badToken('audience_mismatch', { hint: /names no audience/ }),
  ),
  tokenCase(
    'answers 401 to an empty list of audiences (RFC 9068 §4)',
    claims({ aud: [] }),
    badToken('audience_mismatch'),
  ),
  ...[1, null, {}, [1, AUDIENCE], true].map((aud) =>
    tokenCase(
      `answers 401 to the aud ${JSON.stringify(aud)} (RFC 7519 §4.1.3)`,
      claims({ aud }),
      badToken('claim_malformed'),
    ),
  ),

  tokenCase(
    'answers 401 to an expired token (RFC 7519 §4.1.4)',
    claims({ exp: NOW - 60 }),
    badToken('expired', { message: /2027-/ }),
  ),
  tokenCase(
    'admits a token within the clock tolerance behind exp (RFC 7519 §4.1.4)',
    claims({ exp: NOW - 4 }),
    ADMITTED,
  ),
  tokenCase(
    'answers 401 at the end of the clock tolerance (RFC 7519 §4.1.4)',
    claims({ exp: NOW - 5 }),
    badToken('expired'),
  ),
  tokenCase(
    'answers 401 in the second of exp without tolerance (RFC 7519 §4.1.4)',
    claims({ exp: NOW }),
    badToken('expired'),
    { api: 'no tolerance' },
  ),
  tokenCase(
    'admits the second before exp without tolerance (RFC 7519 §4.1.4)',
    claims({ exp: NOW + 1 }),
    ADMITTED,
    { api: 'no tolerance' },
  ),
  tokenCase(
    'answers 401 to a token without exp (RFC 9068 §2.2)',
    claims({ exp: undefined }),
    badToken('claim_missing', { message: /exp/ }),
  ),
  ...['exp', 'nbf', 'iat'].flatMap((name) =>
    ['1900000000', null, true, [1_900_000_000], {}].map((value) =>
      tokenCase(
        `answers 401 to the ${name} ${JSON.stringify(value)} (RFC 7519 §2)`,
        claims({ [name]: value }),
        badToken('claim_malformed'),
      ),
    ),
  ),
  tokenCase(
    'answers 401 to an exp beyond all numbers (RFC 8259 §6)',
    ({ issuer }) => issuer.raw({ payload: `{"iss":"${issuer.issuer}","aud":"${AUDIENCE}","exp":1e999}` }),
    badToken('malformed_token'),
  ),
  tokenCase('answers 401 before nbf (RFC 7519 §4.1.5)', claims({ nbf: NOW + 60 }), badToken('not_yet_valid')),
  tokenCase(
    'admits a token within the clock tolerance before nbf (RFC 7519 §4.1.5)',
    claims({ nbf: NOW + 5 }),
    ADMITTED,
  ),
  tokenCase(
    'answers 401 to a token from the future (RFC 7519 §4.1.6)',
    claims({ iat: NOW + 60 }),
    badToken('issued_in_future'),
  ),
  tokenCase(
    'admits a young token of a short life (maxTokenAge, maxTokenLifetime)',
    claims({ iat: NOW - 600, exp: NOW + 600 }),
    ADMITTED,
    { api: 'young tokens' },
  ),
  tokenCase(
    'answers 401 to a token issued too long ago (maxTokenAge)',
    claims({ iat: NOW - 606, exp: NOW + 600 }),
    badToken('too_old'),
    { api: 'young tokens' },
  ),
  tokenCase(
    'answers 401 to a token that lives too long (maxTokenLifetime)',
    claims({ iat: NOW, exp: NOW + 7201 }),
    badToken('lifetime_too_long'),
    { api: 'young tokens' },
  ),
  tokenCase(
    'answers 401 to a token without iat where its age counts (maxTokenAge)',
    claims({ iat: undefined }),
    badToken('claim_missing'),
    { api: 'young tokens' },
  ),

  ...['sub', 'jti', 'client_id', 'azp'].flatMap((name) =>
    [1, null, ['x'], {}].map((value) =>
      tokenCase(
        `answers 401 to the ${name} ${JSON.stringify(value)} (RFC 7519 §4.1)`,
        claims({ [name]: value }),
        badToken('claim_malformed'),
      ),
    ),
  ),
  tokenCase(
    'answers 401 where azp and client_id name two clients (RFC 9068 §2.2)',
    claims({ azp: 'another' }),
    badToken('client_ambiguous'),
  ),
  tokenCase('admits azp and client_id of the same client (RFC 9068 §2.2)', claims({ azp: 'test-client' }), {
    status: 200,
    body: { clientId: 'test-client' },
  }),
  tokenCase(
    'takes azp for the client where there is no client_id (OpenID Connect Core §2)',
    claims({ azp: 'portal', client_id: undefined }),
    { status: 200, body: { clientId: 'portal' } },
  ),
  tokenCase('admits a client on the list (clients)', claims({ client_id: 'portal' }), ADMITTED, {
    api: 'listed clients',
  }),
  tokenCase(
    'answers 403 without scope to a client that is not on the list (clients)',
    claims({ client_id: 'stranger' }),
    forbidden('client_not_allowed', {
      challenge: `Bearer realm="${AUDIENCE}", error="insufficient_scope", error_description="The client is not allowed to use this operation"`,
    }),
    { api: 'listed clients' },
  ),
  tokenCase(
    'answers 403 to a token that names no client where there is a list (clients)',
    claims({ client_id: undefined }),
    forbidden('client_not_allowed'),
    { api: 'listed clients' },
  ),
  tokenCase(
    'answers 401 before 403: an expired token of a stranger is expired (RFC 6750 §3.1)',
    claims({ client_id: 'stranger', exp: NOW - 60 }),
    badToken('expired'),
    { api: 'listed clients' },
  ),
  ...['__proto__', 'constructor'].map((client) =>
    tokenCase(
      `finds no client ${client} on the list (CVE-2024-34273)`,
      claims({ client_id: client }),
      forbidden('client_not_allowed'),
      { api: 'capped clients' },
    ),
  ),
  tokenCase(
    'gives a client the scopes that the API grants it, and no more (clients)',
    claims({ client_id: 'portal', scope: 'read:patients write:patients' }),
    { status: 200, body: { scopes: ['read:patients'] } },
    { api: 'capped clients' },
  ),
  tokenCase(
    'gives a client all its scopes where the API names none (clients)',
    claims({ client_id: 'admin-console', scope: 'a b' }),
    { status: 200, body: { scopes: ['a', 'b'] } },
    { api: 'capped clients' },
  ),

  ...[{ jkt: 'abc' }, { 'x5t#S256': 'abc' }, { unknown: 1 }, {}, 'text', [], null, 0, false].map((cnf) =>
    tokenCase(
      `answers 401 to a bound token sent as bearer, cnf ${JSON.stringify(cnf)} (RFC 9449 §7.2, RFC 7800 §3)`,
      claims({ cnf }),
      badToken('bound_token'),
    ),
  ),

  ...['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/AT+jwt'].map((typ) =>
    tokenCase(
      `admits typ ${typ} in profile rfc9068 (RFC 9068 §4)`,
      ({ issuer }) => issuer.accessToken({ header: { typ } }),
      ADMITTED,
      { api: 'strict' },
    ),
  ),
  ...['JWT', undefined].map((typ) =>
    tokenCase(
      `answers 401 to typ ${typ} in profile rfc9068 (RFC 9068 §4)`,
      ({ issuer }) => issuer.accessToken({ header: { typ } }),
      badToken('type_required'),
      { api: 'strict' },
    ),
  ),
  ...['exp', 'aud', 'sub', 'client_id', 'iat', 'jti'].map((name) =>
    tokenCase(
      `answers 401 to a token without ${name} in profile rfc9068 (RFC 9068 §2.2)`,
      ({ issuer }) => issuer.accessToken({ omit: [name] }),
      badToken('claim_missing', { message: new RegExp(name) }),
      { api: 'strict' },
    ),
  ),
]
