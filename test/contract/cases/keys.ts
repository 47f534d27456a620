import { ADMITTED, badToken, type Case, tokenCase } from '../case.ts'
import { ISSUER, OTHER_ISSUER, SECRET, type World } from '../world.ts'

const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const
const hmac = (key: (world: World) => string | Uint8Array) => (world: World) =>
  world.issuer.accessToken({
    algorithm: 'HS256',
    key: key(world),
    header: { kid: world.issuer.kid('RS256') },
  })

/** Issuers, keys, algorithms and signatures. */
export const KEYS: readonly Case[] = [
  ...ALGORITHMS.map((algorithm) =>
    tokenCase(
      `admits a token signed with ${algorithm} (RFC 7518 §3.1)`,
      ({ issuer }) => issuer.accessToken({ algorithm }),
      ADMITTED,
    ),
  ),
  ...ALGORITHMS.map((algorithm) =>
    tokenCase(
      `answers 401 to a stranger's ${algorithm} signature (RFC 8725 §3.3)`,
      ({ issuer }) => issuer.signedByStranger({ algorithm }),
      badToken('signature_invalid'),
    ),
  ),
  tokenCase(
    'answers 401 to a payload that was changed after it was signed (RFC 7515 §5.2)',
    ({ issuer }) => issuer.tampered({ change: { sub: 'admin' } }),
    badToken('signature_invalid'),
  ),
  ...['none', 'None', 'NONE', 'nOnE'].map((alg) =>
    tokenCase(
      `answers 401 to an unsigned token with alg ${alg} (RFC 8725 §3.2)`,
      ({ issuer }) => issuer.unsigned({ header: { alg } }),
      badToken('algorithm_not_allowed', { hint: /unsigned/ }),
    ),
  ),
  ...['none', 'rs256', 'RS1', 'HS257', 'constructor', '__proto__', ''].map((alg) =>
    tokenCase(
      `answers 401 to the alg ${JSON.stringify(alg)}, though the signature is good (RFC 8725 §3.1)`,
      ({ issuer }) =>
        issuer.raw({
          header: { alg, typ: 'at+jwt', kid: issuer.kid('RS256') },
          payload: { iss: ISSUER },
          algorithm: 'RS256',
        }),
      badToken('algorithm_not_allowed'),
    ),
  ),
  tokenCase(
    'answers 401 to HS256 over the public key as PEM (CVE-2015-9235)',
    hmac(({ issuer }) => issuer.publicPem('RS256')),
    badToken('algorithm_not_allowed', { hint: /HS256/ }),
  ),
  tokenCase(
    'answers 401 to HS256 over the public key as JWK (CVE-2022-23541)',
    hmac(({ issuer }) => JSON.stringify(issuer.publicJwk('RS256'))),
    badToken('algorithm_not_allowed'),
  ),
  tokenCase(
    'answers 401 to HS256 over an empty key (CVE-2026-44351)',
    hmac(() => new Uint8Array([0])),
    badToken('algorithm_not_allowed'),
  ),
  tokenCase(
    "answers 401 to another algorithm of the key's own type (RFC 8725 §3.1)",
    ({ issuer }) =>
      issuer.raw({
        header: { alg: 'RS384', typ: 'at+jwt', kid: issuer.kid('RS256') },
        payload: { iss: ISSUER },
        key: issuer.privateKey('RS256'),
      }),
    badToken('key_unfit'),
  ),
  tokenCase(
    'answers 401 to a key of another type than alg says (RFC 8725 §3.1)',
    ({ issuer }) => issuer.accessToken({ algorithm: 'ES256', header: { kid: issuer.kid('RS256') } }),
    badToken('key_unfit'),
  ),
  tokenCase(
    'answers 401 to an algorithm that the API does not allow and tells the operator (RFC 8725 §3.1)',
    ({ issuer }) => issuer.accessToken({ algorithm: 'ES256' }),
    badToken('algorithm_not_allowed', {
      message: /expected RS256, got `ES256`/,
      hint: /signed with ES256 while this API expects RS256/,
    }),
    { api: 'RS256 only' },
  ),
  tokenCase(
    'answers 401 to a kid that no key has (RFC 7515 §4.1.4)',
    ({ issuer }) => issuer.accessToken({ header: { kid: 'nobody' } }),
    badToken('key_unknown', { message: /`nobody`/ }),
  ),
  ...['../../etc/passwd', "' OR 1=1 --", '__proto__', 'constructor', 'toString', ''].map((kid) =>
    tokenCase(
      `takes the kid ${JSON.stringify(kid)} for a name and nothing else (RFC 8725 §3.10)`,
      ({ issuer }) => issuer.accessToken({ header: { kid } }),
      badToken('key_unknown'),
    ),
  ),
  tokenCase(
    'finds the fitting key of a token without kid (RFC 7517 §4.5)',
    ({ issuer }) => issuer.accessToken({ header: { kid: undefined } }),
    ADMITTED,
  ),
  tokenCase(
    'never takes a key from the token itself (RFC 8725 §3.10)',
    ({ issuer, other }) =>
      issuer.accessToken({
        key: other.privateKey('RS256'),
        header: { jwk: other.publicJwk('RS256'), kid: undefined },
      }),
    badToken('signature_invalid'),
  ),
  ...['jku', 'x5u'].map((name) =>
    tokenCase(
      `never follows ${name} (RFC 8725 §3.10)`,
      ({ issuer, other }) =>
        issuer.accessToken({ key: other.privateKey('RS256'), header: { [name]: 'http://127.0.0.1:1/' } }),
      badToken('signature_invalid'),
    ),
  ),
  tokenCase(
    'answers 401 to an issuer that it does not know (RFC 9068 §4)',
    ({ other }) => other.accessToken(),
    badToken('issuer_unknown', { message: /`https:\/\/issuer.test\/`.*`https:\/\/other.test\/`/ }),
  ),
  tokenCase(
    'answers 401 to an iss without the final slash, and says so to the operator (RFC 9068 §4)',
    ({ issuer }) => issuer.accessToken({ claims: { iss: 'https://issuer.test' } }),
    badToken('issuer_unknown', { hint: /trailing slash only/ }),
  ),
  tokenCase(
    'answers 401 to an iss that differs by letter case (RFC 7519 §4.1.1)',
    ({ issuer }) => issuer.accessToken({ claims: { iss: 'https://Issuer.test/' } }),
    badToken('issuer_unknown'),
  ),
  ...[
    [ISSUER, 'https://evil.test/'],
    [ISSUER],
    { 0: ISSUER },
    { toString: 1 },
    { toString: null, valueOf: [] },
    1,
    null,
    '',
  ].map((iss) =>
    tokenCase(
      `answers 401 to the iss ${JSON.stringify(iss)} (CVE-2025-30144)`,
      ({ issuer }) => issuer.accessToken({ claims: { iss } }),
      badToken('issuer_unknown'),
    ),
  ),
  tokenCase(
    'answers 401 to a token without iss (RFC 9068 §2.2)',
    ({ issuer }) => issuer.accessToken({ omit: ['iss'] }),
    badToken('issuer_unknown'),
  ),
  tokenCase(
    'admits the tokens of the first of two issuers (RFC 9068 §4)',
    ({ issuer }) => issuer.accessToken(),
    { status: 200, body: { issuer: ISSUER } },
    { api: 'two issuers' },
  ),
  tokenCase(
    'admits the tokens of the second of two issuers (RFC 9068 §4)',
    ({ issuer, other }) => other.accessToken({ header: { kid: issuer.kid('RS256') } }),
    { status: 200, body: { issuer: OTHER_ISSUER } },
    { api: 'two issuers' },
  ),
  tokenCase(
    "never verifies one issuer's token with another's key of the same kid (CVE-2025-59936)",
    ({ issuer, other }) => issuer.accessToken({ key: other.privateKey('RS256') }),
    badToken('signature_invalid'),
    { api: 'two issuers' },
  ),
  tokenCase(
    'admits HS256 with the secret of the API (RFC 7518 §3.2)',
    ({ issuer }) => issuer.accessToken({ algorithm: 'HS256', key: SECRET, header: { kid: undefined } }),
    ADMITTED,
    { api: 'shared secret' },
  ),
  tokenCase(
    'answers 401 to HS256 with another secret (RFC 7518 §3.2)',
    ({ issuer }) => issuer.accessToken({ algorithm: 'HS256', key: `${SECRET}.` }),
    badToken('signature_invalid'),
    { api: 'shared secret' },
  ),
  tokenCase(
    'answers 401 to HS512 where HS256 is expected (RFC 8725 §3.1)',
    ({ issuer }) => issuer.accessToken({ algorithm: 'HS512', key: SECRET.repeat(2) }),
    badToken('algorithm_not_allowed'),
    { api: 'shared secret' },
  ),
  tokenCase(
    'answers 401 to RS256 where a secret is expected (RFC 8725 §3.1)',
    ({ issuer }) => issuer.accessToken(),
    badToken('algorithm_not_allowed', { hint: /signed with RS256 while this API expects HS256/ }),
    { api: 'shared secret' },
  ),
]
