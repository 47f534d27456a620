import { createSecretKey, type KeyObject } from 'node:crypto'
import {
  ConfigurationError,
  createResourceServer,
  type Decision,
  type ResourceServerOptions,
  secret,
  staticJwks,
} from '@gatewarden/core'
import { createTestIssuer, type TokenOptions } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'

const NOW = 1_800_000_000_000
const now = () => NOW
const issuer = await createTestIssuer({ algorithms: ['RS256', 'ES256', 'ES384', 'HS256'], clock: now })
const SECRET = issuer.secret('HS256')

const publicKeys: ResourceServerOptions = {
  issuer: issuer.issuer,
  audience: issuer.audience,
  keys: staticJwks(issuer.jwks()),
}
const sharedSecret: ResourceServerOptions = { ...publicKeys, keys: secret(SECRET), algorithms: ['HS256'] }
const request = (token: string) => ({
  method: 'GET',
  query: '',
  header: (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : []),
})
const verdict = (decision: Decision) => (decision.ok ? 'admitted' : decision.reason.code)
const judge = async (token: string, options = publicKeys) =>
  verdict(await createResourceServer(options, { now }).authenticate(request(token)))
const signed = (options: TokenOptions) => issuer.accessToken(options)
const hs256 = (key: KeyObject | string) =>
  signed({ algorithm: 'HS256', key, header: { kid: issuer.kid('RS256') } })

it('admits a sound token at both APIs, so that each refusal below is for what it names (ours)', async () => {
  expect(await judge(await signed({}))).toBe('admitted')
  expect(await judge(await signed({ algorithm: 'HS256' }), sharedSecret)).toBe('admitted')
})

describe('CVE-2015-9235, CVE-2022-23541: HS256 made with the public key as the secret', () => {
  const pem = issuer.publicPem('RS256')
  const jwk = issuer.publicJwk('RS256')
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')

  it.each<[string, KeyObject | string]>([
    ['PEM', pem],
    ['PEM without its last line feed', pem.trimEnd()],
    ['DER', createSecretKey(der)],
    ['JWK text', JSON.stringify(jwk)],
    ['key set text', JSON.stringify(issuer.jwks())],
    ['modulus', createSecretKey(Buffer.from(String(jwk['n']), 'base64url'))],
  ])('is refused, the key as %s (RFC 8725 §3.1)', async (_, key) => {
    expect(await judge(await hs256(key))).toBe('algorithm_not_allowed')
  })
})

describe('CVE-2022-23540: the algorithm none', () => {
  const spellings = [...Array(16).keys()].map((bits) =>
    [...'none'].map((letter, i) => ((bits >> i) & 1 ? letter.toUpperCase() : letter)).join(''),
  )

  it.each(spellings)('is refused as %s, with and without a signature (RFC 8725 §3.2)', async (alg) => {
    const header = { alg, typ: 'at+jwt', kid: issuer.kid('RS256') }
    const [, payload = '', signature = ''] = (await signed({})).split('.')
    const head = Buffer.from(JSON.stringify(header)).toString('base64url')
    for (const options of [publicKeys, sharedSecret]) {
      expect(await judge(`${head}.${payload}.`, options)).toBe('algorithm_not_allowed')
      expect(await judge(`${head}.${payload}.${signature}`, options)).toBe('algorithm_not_allowed')
    }
  })
})

describe('CVE-2022-23539: a key of another type or curve than the algorithm', () => {
  it.each([
    ['ES256', 'RS256'],
    ['RS256', 'ES256'],
    ['ES256', 'ES384'],
    ['ES384', 'ES256'],
  ] as const)('%s is refused with the kid of the %s key (RFC 8725 §3.1)', async (algorithm, other) => {
    const token = await signed({ algorithm, header: { kid: issuer.kid(other) } })
    expect(await judge(token)).toBe('key_unfit')
  })
})

describe('CVE-2020-15084: algorithms that nobody chose', () => {
  it.each<[string, unknown]>([
    ['none at all', []],
    ['public-key and secret ones mixed', ['RS256', 'HS256']],
    ['the name none', ['none']],
    ['an unknown name', ['RS257']],
    ['one that is no text', [256]],
  ])('%s are refused at boot (RFC 8725 §3.1)', (_, algorithms) => {
    const options = { ...publicKeys, algorithms } as ResourceServerOptions
    expect(() => createResourceServer(options)).toThrow(ConfigurationError)
  })
})

describe('CVE-2023-48223, CVE-2026-34950, GHSA-ww5h-9m49-7xx4: a PEM that does not look like one', () => {
  const pem = issuer.publicPem('RS256')
  it.each([
    ['a space', ` ${pem}`],
    ['a line feed', `\n${pem}`],
    ['a byte order mark', `\ufeff${pem}`],
    ['a zero-width space', `\u200b${pem}`],
    ['a word joiner', `\u2060${pem}`],
    ['a NUL', `\0${pem}`],
    ['quotes', JSON.stringify(pem)],
  ])('is refused as a secret behind %s (RFC 8725 §3.5)', (_, text) => {
    expect(() => secret(text)).toThrow(ConfigurationError)
  })
})

describe('GHSA-g3jj-5cmm-3hxx: a public JWK as a secret', () => {
  it.each([
    ['a JWK', JSON.stringify(issuer.publicJwk('ES256'))],
    ['a JWK Set', JSON.stringify(issuer.jwks(), null, 2)],
    ['a JWK in base64', Buffer.from(JSON.stringify(issuer.publicJwk('ES256'))).toString('base64')],
  ])('is refused at boot: %s (RFC 8725 §3.5)', (_, text) => {
    expect(() => secret(text)).toThrow(/public key/)
  })
})

describe('CVE-2026-44351, GHSA-8wpc-h4q6-8fxv: an empty key', () => {
  it.each<unknown>(['', undefined, null, 0, false])('is refused at boot: %s (RFC 7518 §3.2)', (value) => {
    expect(() => secret(value as string)).toThrow(ConfigurationError)
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['an empty text', ''],
    ['a secret of no bytes', createSecretKey(Buffer.alloc(0))],
  ])('never verifies where a function gives it: %s (RFC 7518 §3.2)', async (_, value) => {
    const options = { ...publicKeys, keys: async () => value as KeyObject }
    const empty = createSecretKey(Buffer.alloc(0))
    for (const token of [await hs256(empty), await signed({})])
      expect(['algorithm_not_allowed', 'key_unknown', 'keys_unavailable']).toContain(
        await judge(token, options),
      )
  })
})

describe('CVE-2026-35042: critical extensions', () => {
  it.each([['exp'], ['b64'], ['unknown'], [], ['exp', 'exp'], 'exp', null, {}])(
    'are refused, whatever they are: %j (RFC 7515 §4.1.11)',
    async (crit) => {
      expect(await judge(await signed({ header: { crit, unknown: true } }))).toBe('critical_header')
    },
  )
})

describe('CVE-2026-35039: tokens that are nearly the same', () => {
  it('are told apart, each with its own subject, however often they come (ours)', async () => {
    const server = createResourceServer(publicKeys, { now })
    const subjects = [...Array(40).keys()].map((i) => `user-${'0'.repeat(i)}`)
    const tokens = await Promise.all(subjects.map((sub) => signed({ claims: { sub } })))
    for (let round = 0; round < 3; round++) {
      const decisions = await Promise.all(tokens.map((token) => server.authenticate(request(token))))
      expect(decisions.map((decision) => decision.ok && decision.auth?.subject)).toEqual(subjects)
    }
  })

  it('do not lend each other a verdict: one changed character refuses (RFC 7515 §5.2)', async () => {
    const server = createResourceServer(publicKeys, { now })
    const token = await signed({})
    const signature = token.lastIndexOf('.') + 1
    for (let at = 0; at < token.length; at += 7) {
      expect(verdict(await server.authenticate(request(token)))).toBe('admitted')
      const letter = token[at] === 'A' ? 'B' : 'A'
      if (token[at] === '.') continue
      const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`
      const code = verdict(await server.authenticate(request(changed)))
      expect(code, `character ${at}`).not.toBe('admitted')
      if (at > signature) expect(['signature_invalid', 'malformed_token']).toContain(code)
    }
  })
})

describe('GHSA-3j8v-cgw4-2g6q, GHSA-cjw9-ghj4-fwxf: regular expressions that remember', () => {
  it('are not accepted as audience, issuer or client (ours)', () => {
    for (const change of [{ audience: /api/g }, { issuer: /issuer/g }, { clients: [/client/g] }]) {
      const options = { ...publicKeys, ...change } as unknown as ResourceServerOptions
      expect(() => createResourceServer(options)).toThrow(ConfigurationError)
    }
  })

  it('decide nothing: the same token has the same verdict each time (ours)', async () => {
    const server = createResourceServer({ ...publicKeys, clients: [issuer.clientId] }, { now })
    const token = await signed({})
    for (let i = 0; i < 10; i++) expect(verdict(await server.authenticate(request(token)))).toBe('admitted')
  })
})

describe('CVE-2025-30144: an issuer in a list', () => {
  it.each([
    [['https://issuer.test/', 'https://evil.test/']],
    [['https://evil.test/', 'https://issuer.test/']],
    [['https://issuer.test/']],
  ])('is no issuer: %j (RFC 7519 §4.1.1)', async (iss) => {
    expect(await judge(await signed({ claims: { iss } }))).toBe('issuer_unknown')
  })
})

describe('CVE-2025-59936: one kid, two issuers', () => {
  it("never verifies one issuer's token with the other's key, in whatever order they come (RFC 8725 §3.8)", async () => {
    const evil = await createTestIssuer({ issuer: 'https://evil.test/', algorithms: ['RS256'], clock: now })
    const kid = issuer.kid('RS256')
    const { audience } = issuer
    const trusted = { issuer: issuer.issuer, audience, keys: staticJwks(issuer.jwks()) }
    const jwk = { ...evil.publicJwk('RS256'), kid }
    const other = { issuer: evil.issuer, audience, keys: staticJwks({ keys: [jwk] }) }
    const server = createResourceServer({ issuer: [trusted, other] }, { now })
    const own = await evil.accessToken({ header: { kid } })
    const forged = await evil.accessToken({ header: { kid }, claims: { iss: issuer.issuer } })
    for (let round = 0; round < 2; round++) {
      expect(verdict(await server.authenticate(request(own)))).toBe('admitted')
      expect(verdict(await server.authenticate(request(forged)))).toBe('signature_invalid')
      expect(verdict(await server.authenticate(request(await signed({}))))).toBe('admitted')
    }
  })
})

describe('CVE-2026-22817, CVE-2026-22818: a JWK without alg', () => {
  it('verifies no HS256, and only the algorithms of its own type (RFC 8725 §3.1)', async () => {
    const { alg: _, ...jwk } = issuer.publicJwk('RS256')
    const options = { ...publicKeys, keys: staticJwks({ keys: [jwk] }) }
    expect(await judge(await hs256(issuer.publicPem('RS256')), options)).toBe('algorithm_not_allowed')
    expect(await judge(await signed({ algorithm: 'ES256', header: { kid: jwk.kid } }), options)).toBe(
      'key_unfit',
    )
    expect(await judge(await signed({}), options)).toBe('admitted')
  })

  it('does not follow a key, an address or a certificate in the header (RFC 8725 §3.10)', async () => {
    const token = async (header: Record<string, unknown>) => issuer.signedByStranger({ header })
    for (const header of [
      { jwk: issuer.publicJwk('ES256') },
      { jku: 'https://evil.test/jwks' },
      { x5u: 'https://evil.test/cert' },
      { x5c: ['MIIB'] },
    ])
      expect(await judge(await token(header))).toBe('signature_invalid')
  })
})

describe('CVE-2025-62610: a token of a sibling API', () => {
  it.each([['https://sibling.test/'], ['https://api.test'], [['https://sibling.test/']], [[]]])(
    'is refused for its audience %j (RFC 7519 §4.1.3)',
    async (aud) => {
      expect(await judge(await signed({ claims: { aud } }))).toBe('audience_mismatch')
    },
  )

  it('cannot be let in by leaving the audience out of the options (RFC 8725 §3.9)', () => {
    const { audience: _, ...options } = publicKeys
    expect(() => createResourceServer(options as ResourceServerOptions)).toThrow(ConfigurationError)
  })
})

describe('CVE-2022-36083, CVE-2024-28176: an encrypted token', () => {
  it('is refused before any work, compressed or with a million iterations (RFC 7516 §7.1)', async () => {
    expect(await judge(await issuer.encrypted())).toBe('encrypted_token')
    const header = { alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 1_000_000_000, p2s: 'AAAA', zip: 'DEF' }
    const head = Buffer.from(JSON.stringify(header)).toString('base64url')
    expect(await judge(`${head}.AAAA.AAAA.AAAA.AAAA`)).toBe('encrypted_token')
  })
})

describe('CVE-2024-34273: names of the prototype', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

  it.each(NAMES)('are plain data as a claim: %s (RFC 7519 §4)', async (name) => {
    const claims = JSON.parse(`{"${name}":{"admin":true}}`)
    const decision = await createResourceServer(publicKeys, { now }).authenticate(
      request(await signed({ claims })),
    )
    if (!decision.ok || decision.auth === undefined) throw new TypeError('refused')
    expect(Object.keys(decision.auth.claims)).toContain(name)
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
    expect((decision.auth as { admin?: unknown }).admin).toBeUndefined()
  })

  it.each(NAMES)('name no key and no algorithm: %s (RFC 7515 §4.1)', async (name) => {
    expect(await judge(await signed({ header: { kid: name } }))).toBe('key_unknown')
    expect(await judge(await signed({ header: { alg: name } }))).toBe('algorithm_not_allowed')
    expect(await judge(await signed({ claims: { iss: name } }))).toBe('issuer_unknown')
  })
})

describe('CVE-2026-25536: two users at once', () => {
  it('never see each other, in 2,000 requests that cross (ours)', async () => {
    const server = createResourceServer(publicKeys, { now })
    const users = [...Array(20).keys()].map((i) => `user-${i}`)
    const tokens = await Promise.all(users.map((sub) => signed({ claims: { sub } })))
    const decisions = await Promise.all(
      [...Array(2000).keys()].map((i) => server.authenticate(request(tokens[(i * 7) % 20] ?? ''))),
    )
    expect(decisions.map((decision) => decision.ok && decision.auth?.subject)).toEqual(
      decisions.map((_, i) => users[(i * 7) % 20]),
    )
  })
})

describe('CVE-2026-48524: invented kids while the key set fails', () => {
  it('leave the known keys in place: valid users pass, strangers get 401 (RFC 8725 §3.10)', async () => {
    await using remote = await createTestIssuer({ algorithms: ['ES256'] })
    await remote.listen()
    const server = createResourceServer({ issuer: remote.issuer, audience: remote.audience })
    await server.ready()
    remote.behave({ jwks: { status: 500 } })
    const before = remote.requests.jwks.length
    for (let i = 0; i < 200; i++) {
      const invented = await remote.accessToken({ header: { kid: `invented-${i}` } })
      expect(verdict(await server.authenticate(request(invented)))).toBe('key_unknown')
      expect(verdict(await server.authenticate(request(await remote.accessToken())))).toBe('admitted')
    }
    expect(remote.requests.jwks.length - before).toBeLessThanOrEqual(2)
  })
})
