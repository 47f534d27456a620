import { createTestIssuer } from '@gatewarden/testing'
import { CompactEncrypt } from 'jose'
import { describe, expect, it } from 'vitest'
import { AUDIENCE, bearer, ISSUER, outcome, part } from '../support.ts'
import { api, CURVES, header, issuer, jwk, now, OTHER_P256, OTHER_RSA, P256, RSA, rawJwe } from './world.ts'

const signed = await issuer.accessToken({ scope: 'read' })
const forRsa = (token: string | Uint8Array = signed, parameters = {}) =>
  issuer.encrypt(token, { key: RSA.publicKey, header: parameters })
const forP256 = (token: string = signed, parameters = {}) =>
  issuer.encrypt(token, { key: P256.publicKey, header: parameters })
/** What an API makes of a token whose header is this, and whose tag is right. */
const withHeader = (changes: Record<string, unknown>) =>
  outcome(api(), rawJwe({ header: header(changes), content: signed }))

describe('an encrypted access token', () => {
  it('is admitted with the claims that were signed, and as the text that came (RFC 9068 §4)', async () => {
    const token = await forRsa()
    const decision = await api().authenticate(bearer(token))
    if (!decision.ok) throw new TypeError(decision.reason.message)
    expect(decision.auth).toMatchObject({ token, subject: 'user-1', scopes: ['read'], issuer: ISSUER })
    expect(decision.auth?.header).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
  })

  it.each(['A256GCM', 'A128GCM'])(
    'is admitted with RSA-OAEP-256 and %s (RFC 7518 §4.3, §5.3)',
    async (enc) => {
      expect(await outcome(api(), await issuer.encrypt(signed, { key: RSA.publicKey, enc }))).toBe('admitted')
    },
  )

  describe.each(Object.entries(CURVES))('agreed on with a key on %s', (_, { publicKey, privateKey }) => {
    const server = api({ decryption: { keys: [privateKey] } })

    it.each(['A256GCM', 'A128GCM'])('is admitted with %s (RFC 7518 §4.6, RFC 8037 §3.2)', async (enc) => {
      expect(await outcome(server, await issuer.encrypt(signed, { key: publicKey, enc }))).toBe('admitted')
    })

    it('is admitted with names of both parties in it (RFC 7518 §4.6.1.2)', async () => {
      const token = await new CompactEncrypt(Buffer.from(signed))
        .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT' })
        .setKeyManagementParameters({ apu: Buffer.from('issuer'), apv: Buffer.from('api') })
        .encrypt(publicKey)
      expect(await outcome(server, token)).toBe('admitted')
    })
  })

  it.each(['JWT', 'jwt', 'at+jwt', 'application/at+jwt', 'application/jwt'])(
    'is admitted with cty %s (RFC 7519 §5.2)',
    async (cty) => {
      expect(await outcome(api(), await forRsa(signed, { cty }))).toBe('admitted')
    },
  )

  it('is admitted where claims stand in the header too, and are the same (RFC 7519 §5.3)', async () => {
    const replicas = { iss: ISSUER, aud: AUDIENCE, sub: 'user-1' }
    expect(await outcome(api(), await forRsa(signed, replicas))).toBe('admitted')
  })

  it.each([{ iss: 'https://other.test/' }, { aud: [AUDIENCE] }, { sub: '' }])(
    'is refused where the header says otherwise: %j (RFC 7519 §5.3)',
    async (replica) => {
      expect(await outcome(api(), await forRsa(signed, replica))).toBe('401 malformed_token')
    },
  )

  it('follows no name of a key in its header (RFC 8725 §3.10)', async () => {
    const stray = { jku: 'https://evil.test/', x5u: 'https://evil.test/', jwk: { kty: 'oct', k: 'AAAA' } }
    expect(await outcome(api(), await forRsa(signed, { ...stray, p2c: 1e9, p2s: 'AAAA' }))).toBe('admitted')
  })
})

describe('without the option, an encrypted token', () => {
  it('is refused as ever, whatever is in it (RFC 9068 §4)', async () => {
    const server = api({ decryption: undefined })
    for (const token of [
      await forRsa(),
      await forP256(),
      'a.b.c.d.e',
      '....',
      `${header()}.....`.slice(0, -1),
    ])
      expect(await outcome(server, token)).toMatch(/^(401 encrypted_token|400 malformed_credentials)$/)
    expect(server.decide(bearer(await forRsa()))).toMatchObject({
      ok: false,
      reason: { code: 'encrypted_token' },
    })
  })
})

describe('with the option, a token that is not encrypted', () => {
  it('is admitted all the same (ours)', async () => {
    expect(await outcome(api(), signed)).toBe('admitted')
    expect(api().decide(bearer(signed))).toMatchObject({ ok: true })
  })

  it('is refused where encryption is required (RFC 9068 §4)', async () => {
    const server = api({ decryption: { keys: [RSA.privateKey], required: true } })
    expect(await outcome(server, signed)).toBe('401 encryption_required')
    expect(await outcome(server, 'opaque')).toBe('401 encryption_required')
    expect(await outcome(server, 'ä.b.c')).toBe('400 malformed_credentials')
    expect(await outcome(server, await forRsa())).toBe('admitted')
  })
})

describe('which key', () => {
  const old = jwk(OTHER_RSA.privateKey, { kid: 'old' })
  const current = jwk(RSA.privateKey, { kid: 'new' })
  const rotated = api({ decryption: { keys: [old, current] } })
  const named = (kid: string | undefined) => issuer.encrypt(signed, { key: RSA.publicKey, header: { kid } })

  it('is named by kid (RFC 7516 §4.1.6)', async () => {
    expect(await outcome(rotated, await named('new'))).toBe('admitted')
    expect(await outcome(rotated, await named('old'))).toBe('401 decryption_failed')
    expect(await outcome(rotated, await named('other'))).toBe('401 decryption_failed')
  })

  it('is found among those that fit where the token names none (RFC 7516 §4.1.6)', async () => {
    expect(await outcome(rotated, await named(undefined))).toBe('admitted')
  })

  it('may be one without a kid, whatever the token names (ours)', async () => {
    expect(await outcome(api(), await named('any'))).toBe('admitted')
  })

  it('has to be for the algorithm and the curve (RFC 7518 §4.6.1.1)', async () => {
    const server = api({ decryption: { keys: [RSA.privateKey, CURVES['P-384'].privateKey] } })
    expect(await outcome(server, await forP256())).toBe('401 decryption_failed')
    const onlyP256 = api({ decryption: { keys: [P256.privateKey] } })
    expect(await outcome(onlyP256, await forRsa())).toBe('401 decryption_failed')
  })
})

describe('how it is encrypted is refused where it is not allowed, though the tag is right:', () => {
  it.each<[alg: unknown, what: string]>([
    ['RSA-OAEP', 'RSA-OAEP with SHA-1'],
    ['RSA-OAEP-512', 'RSA-OAEP with SHA-512'],
    ['RSA1_5', 'PKCS #1 v1.5'],
    ['dir', 'a shared key'],
    ['A256KW', 'a shared key that wraps'],
    ['A256GCMKW', 'a shared key that wraps, with GCM'],
    ['ECDH-ES+A256KW', 'an agreed key that wraps'],
    ['PBES2-HS256+A128KW', 'a password'],
    ['none', 'nothing'],
    ['', 'an empty name'],
    ['rsa-oaep-256', 'another letter case'],
    ['__proto__', 'a name of the prototype'],
    [undefined, 'no name'],
    [1, 'a number'],
    [['RSA-OAEP-256'], 'a list'],
  ])('alg %j, %s (RFC 7518 §4.1)', async (alg) => {
    expect(await withHeader({ alg })).toBe('401 encryption_not_allowed')
  })

  it.each(['A128CBC-HS256', 'A256CBC-HS512', 'A192GCM', 'a256gcm', '', undefined, null, ['A256GCM']])(
    'enc %j (RFC 7518 §5.1)',
    async (enc) => {
      expect(await withHeader({ enc })).toBe('401 encryption_not_allowed')
    },
  )

  it.each(['DEF', 'GZIP', '', null, false])('compression, zip %j (RFC 8725bis)', async (zip) => {
    expect(await withHeader({ zip })).toBe('401 encryption_not_allowed')
  })

  it('a password with a million rounds costs nothing (RFC 8725bis, CVE-2023-51774)', async () => {
    const stretched = { alg: 'PBES2-HS256+A128KW', p2c: 1_000_000_000, p2s: 'AAAA' }
    const decision = api().decide(bearer(rawJwe({ header: header(stretched), content: signed })))
    expect(decision).toMatchObject({ ok: false, reason: { code: 'encryption_not_allowed' } })
  })

  it.each([[['exp']], [['zip']], [[]], [null], ['exp']])('crit %j (RFC 7516 §4.1.13)', async (crit) => {
    expect(await withHeader({ crit, exp: 1 })).toBe('401 critical_header')
  })

  it.each(['logout+jwt', 'id_token+jwt', 'dpop+jwt', '', 1, null])('typ %j (RFC 8725 §3.11)', async (typ) => {
    expect(await withHeader({ typ })).toBe('401 other_token_type')
  })

  it.each(['json', 'text/plain', '', 'logout+jwt', undefined, null, 1])(
    'cty %j (RFC 7519 §5.2)',
    async (cty) => {
      expect(await withHeader({ cty })).toBe('401 unsigned_content')
    },
  )

  it('a kid that is no text (RFC 7516 §4.1.6)', async () => {
    expect(await withHeader({ kid: 1 })).toBe('401 malformed_token')
  })
})

describe('how it is written is held to the same rules as a signed token, though the tag is right:', () => {
  it.each<[string, string | Uint8Array]>([
    ['a member that is there twice', header().replace('{', '{"alg":"RSA-OAEP-256",')],
    ['a member that is there twice, once in escapes', header().replace('{', '{"\\u0061lg":"RSA-OAEP-256",')],
    ['a header that is not UTF-8', Buffer.from(header({ kid: '\xff' }), 'latin1')],
    ['a byte order mark', `\uFEFF${header()}`],
    ['a header that is no JSON', header().slice(1)],
    ['a list', `[${header()}]`],
    ['nesting beyond reason', header().replace('{', `{"x":${'['.repeat(40)}${']'.repeat(40)},`)],
    ['a header over 4 KiB', header({ x: 'a'.repeat(4096) })],
    ['an empty header', ''],
  ])('%s (RFC 8725 §3.7)', async (_, text) => {
    expect(await outcome(api(), rawJwe({ header: text, content: signed }))).toBe('401 malformed_token')
  })

  it.each([0, 1, 2, 3, 4])('loose bits, padding and plain base64 in part %i (RFC 7515 §2)', async (index) => {
    const parts = (await forRsa()).split('.')
    const changed = (change: (text: string) => string) =>
      parts.map((text, at) => (at === index ? change(text) : text)).join('.')
    expect(
      await outcome(
        api(),
        changed((text) => `${text}A`.padEnd(text.length + 5, '=')),
      ),
    ).toMatch(/^40/)
    expect(
      await outcome(
        api(),
        changed((text) => `${text.slice(0, -2)}+/`),
      ),
    ).toBe('401 malformed_token')
    expect(
      await outcome(
        api(),
        changed((text) => `${text.slice(0, -1)}\u0151`),
      ),
    ).toBe('400 malformed_credentials')
  })

  it('longer than the limit, before anything is decoded (size limit)', async () => {
    expect(await outcome(api(), `${await forRsa('x'.repeat(16_384))}`)).toBe('401 token_too_large')
  })
})

describe('what fails with keys and tags has one reason and one answer (RFC 7516 §11.5):', () => {
  const failures: Record<string, () => Promise<string> | string> = {
    'another key': () => issuer.encrypt(signed, { key: OTHER_RSA.publicKey }),
    'an encrypted key that is changed': async () => altered(await forRsa(), 1, flip),
    'an encrypted key that is cut': async () => altered(await forRsa(), 1, (bytes) => bytes.subarray(1)),
    'an encrypted key that is empty': async () => altered(await forRsa(), 1, () => Buffer.alloc(0)),
    'an encrypted key of zeros': async () => altered(await forRsa(), 1, (bytes) => bytes.fill(0)),
    'an initialization vector that is changed': async () => altered(await forRsa(), 2, flip),
    'an initialization vector of 16 bytes': async () => altered(await forRsa(), 2, () => Buffer.alloc(16)),
    'no initialization vector': async () => altered(await forRsa(), 2, () => Buffer.alloc(0)),
    'a ciphertext that is changed': async () => altered(await forRsa(), 3, flip),
    'no ciphertext': async () => altered(await forRsa(), 3, () => Buffer.alloc(0)),
    'a tag that is changed': async () => altered(await forRsa(), 4, flip),
    'a tag of 12 bytes': async () => altered(await forRsa(), 4, (bytes) => bytes.subarray(0, 12)),
    'a tag of 4 bytes': async () => altered(await forRsa(), 4, (bytes) => bytes.subarray(0, 4)),
    'a longer tag': async () => altered(await forRsa(), 4, (bytes) => Buffer.concat([bytes, bytes])),
    'no tag': async () => altered(await forRsa(), 4, () => Buffer.alloc(0)),
    'a header that is changed': async () => {
      const [, ...rest] = (await forRsa()).split('.')
      return [part(header({ x: 1 })), ...rest].join('.')
    },
    'an encrypted key beside an agreed one': async () => altered(await forP256(), 1, () => Buffer.alloc(32)),
    'an agreed key of another': () => issuer.encrypt(signed, { key: OTHER_P256.publicKey }),
    ...Object.fromEntries(Object.entries(badPoints()).map(([what, epk]) => [what, () => withPoint(epk)])),
  }
  const answers = new Set<string>()

  it.each(Object.entries(failures))('%s', async (_, make) => {
    const decision = await api().authenticate(bearer(await make()))
    if (decision.ok) throw new TypeError('admitted')
    const { reason, refusal } = decision
    expect(reason.code).toBe('decryption_failed')
    answers.add(JSON.stringify(refusal))
    expect([...answers]).toHaveLength(1)
    expect(refusal.status).toBe(401)
  })
})

describe('what is inside', () => {
  const inside = async (content: string | Uint8Array) => outcome(api(), await forRsa(content))

  it.each<[string, string | Uint8Array]>([
    ['claims that nobody signed', JSON.stringify({ iss: ISSUER, aud: AUDIENCE, exp: 9e9, sub: 'admin' })],
    ['an opaque token', 'abc'],
    ['nothing', ''],
    ['bytes', Buffer.from([0, 255, 46, 0, 46, 1])],
    ['two parts', 'a.b'],
    ['four parts', 'a.b.c.d'],
    ['a signed token and a line break', `${signed}\n`],
    ['a signed token with padding', `${signed}==`],
    ['a signed token behind a byte order mark', `\uFEFF${signed}`],
    ['a signed token in JSON', JSON.stringify({ payload: signed })],
  ])('is refused where it is %s (RFC 9068 §4)', async (_, content) => {
    expect(await inside(content)).toBe('401 unsigned_content')
  })

  it('is refused where it is encrypted once more, with whatever key (RFC 8725 §3.11)', async () => {
    expect(await inside(await forRsa())).toBe('401 unsigned_content')
    expect(await inside(await forP256())).toBe('401 unsigned_content')
    expect(await inside('a.b.c.d.e')).toBe('401 unsigned_content')
  })

  it.each<[string, () => Promise<string>, string]>([
    ['an unsigned token', () => issuer.unsigned(), 'algorithm_not_allowed'],
    ['a token signed by a stranger', () => issuer.signedByStranger(), 'signature_invalid'],
    ['an expired token', () => issuer.expired(), 'expired'],
    ['a token of tomorrow', () => issuer.notYetValid(), 'not_yet_valid'],
    ['an ID token', () => issuer.idToken({ audience: AUDIENCE }), 'id_token'],
    ['a refresh token', () => issuer.refreshToken({ audience: AUDIENCE }), 'refresh_token'],
    ['a logout token', () => issuer.logoutToken({ audience: AUDIENCE }), 'logout_token'],
    ['a token for another API', () => issuer.accessToken({ audience: 'urn:x' }), 'audience_mismatch'],
    ['a bound token', () => issuer.accessToken({ claims: { cnf: { jkt: 'x' } } }), 'bound_token'],
    ['a token of an unknown key', () => issuer.accessToken({ header: { kid: 'x' } }), 'key_unknown'],
    [
      'a token with a critical extension',
      () => issuer.accessToken({ header: { crit: ['x'] } }),
      'critical_header',
    ],
    ['a token of another issuer', () => issuer.accessToken({ claims: { iss: 'urn:x' } }), 'issuer_unknown'],
    ['a token with a claim twice', () => issuer.raw({ payload: '{"a":1,"a":2}' }), 'malformed_token'],
    ['three parts that are no JSON', async () => 'not.a.jwt', 'malformed_token'],
    ['three empty parts', async () => '..', 'malformed_token'],
  ])('is refused as ever where it is %s (RFC 9068 §4)', async (_, make, code) => {
    expect(await inside(await make())).toBe(`401 ${code}`)
  })

  it('is refused in profile rfc9068 where it is no at+jwt, whatever the header around it says (RFC 9068 §4)', async () => {
    const server = api({ profile: 'rfc9068' })
    const plain = await issuer.accessToken({ header: { typ: 'JWT' } })
    expect(await outcome(server, await forRsa(plain, { typ: 'at+jwt' }))).toBe('401 type_required')
    expect(await outcome(server, await forRsa())).toBe('admitted')
  })

  it('may be signed with a secret of the API (RFC 7518 §3.2)', async () => {
    const { secret } = await import('../../src/keys/secret.ts')
    const hs = await createTestIssuer({
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: ISSUER,
      clock: now,
    })
    const server = api({ keys: secret(hs.secret('HS256')) })
    expect(await outcome(server, await forRsa(await hs.accessToken()))).toBe('admitted')
  })
})

/** A token with the bytes of one part changed. */
function altered(token: string, index: number, change: (bytes: Buffer) => Buffer): string {
  return token
    .split('.')
    .map((text, at) => (at === index ? part(change(Buffer.from(text, 'base64url'))) : text))
    .join('.')
}

function flip(bytes: Buffer): Buffer {
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return bytes
}

/** One-time keys of a sender that are none, or are not on the curve (RFC 7518 §4.6.1.1, RFC 8725 §3.5). */
function badPoints(): Record<string, unknown> {
  const { x, y } = jwk(P256.publicKey)
  const onP384 = jwk(CURVES['P-384'].publicKey)
  const zero = part(Buffer.alloc(32))
  return {
    'a point that is not on the curve': { kty: 'EC', crv: 'P-256', x, y: x },
    'a point at zero': { kty: 'EC', crv: 'P-256', x: zero, y: zero },
    'a point that is too short': { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' },
    'a point of another curve under the name of this one': { ...onP384, crv: 'P-256' },
    'a point on another curve': onP384,
    'a point without its other half': { kty: 'EC', crv: 'P-256', x },
    'a point with a private half': { ...jwk(CURVES['P-256'].privateKey) },
    'a point of the wrong type': { kty: 'OKP', crv: 'P-256', x, y },
    'an RSA key for a point': { ...jwk(RSA.publicKey), crv: 'P-256' },
    'a symmetric key for a point': { kty: 'oct', k: 'AAAA', crv: 'P-256' },
    'a text for a point': 'P-256',
    'a list for a point': ['P-256'],
    'null for a point': null,
    'no point': undefined,
    'a curve that does not exist': { kty: 'EC', crv: 'P-257', x, y },
    'a curve that is no text': { kty: 'EC', crv: ['P-256'], x, y },
    'numbers for a point': { kty: 'EC', crv: 'P-256', x: 1, y: 2 },
  }
}

function withPoint(epk: unknown): string {
  const head = part(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT', epk }))
  return [head, '', part(Buffer.alloc(12)), part(signed), part(Buffer.alloc(16))].join('.')
}
