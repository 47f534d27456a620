import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { secret } from '../src/keys/secret.ts'
import { staticJwks } from '../src/keys/static.ts'
import type { ResourceServerOptions } from '../src/options.ts'
import { createResourceServer, type ResourceServer } from '../src/resource-server.ts'
import { TestClock } from './clock.ts'
import { AUDIENCE, bearer, outcome } from './support.ts'

const verifications = vi.hoisted(() => ({ count: 0 }))
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>()
  const createVerify = (...args: Parameters<typeof crypto.createVerify>) => {
    verifications.count++
    return crypto.createVerify(...args)
  }
  return { ...crypto, createVerify }
})

const MINUTE = 60_000
let issuer: TestIssuer
let clock: TestClock
beforeEach(async () => {
  clock = new TestClock()
  issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE, clock: clock.now })
  await issuer.listen()
  verifications.count = 0
})
afterEach(() => issuer.close())

const api = (options: Partial<ResourceServerOptions> = {}): ResourceServer =>
  createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE, ...options }, clock)
/** With keys in hand, so that nothing is waited for. */
async function readyApi(options: Partial<ResourceServerOptions> = {}): Promise<ResourceServer> {
  const server = api(options)
  await server.ready()
  return server
}
const long = () => issuer.accessToken({ expiresIn: 100_000 })

describe('a token that comes again', () => {
  it('is verified twice, and from then on answered at once (ARCHITECTURE, "Speed")', async () => {
    const server = await readyApi()
    const token = await long()
    for (let i = 0; i < 5; i++) expect(await outcome(server, token)).toBe('admitted')
    expect(verifications.count).toBe(2)
    expect(server.decide(bearer(token))).toMatchObject({ ok: true })
  })

  it('is verified each time where nothing is to be remembered (ours)', async () => {
    const server = await readyApi({ cache: false })
    const token = await long()
    for (let i = 0; i < 5; i++) expect(await outcome(server, token)).toBe('admitted')
    expect(verifications.count).toBe(5)
  })

  it('has the same claims, in a context of its own with its own token (ours)', async () => {
    const server = await readyApi()
    const token = await long()
    const [one, other] = [await server.authenticate(bearer(token)), server.decide(bearer(token))]
    if (!one.ok || other instanceof Promise || !other.ok) throw new TypeError('refused')
    expect(other.auth).toEqual(one.auth)
    expect(other.auth).not.toBe(one.auth)
    expect(other.auth?.token).toBe(token)
    expect(Object.isFrozen(other.auth?.claims)).toBe(true)
  })

  it('is refused once it has expired, and from then on (RFC 7519 §4.1.4)', async () => {
    const server = await readyApi()
    const token = await issuer.accessToken({ expiresIn: 60 })
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    clock.pass(64_000)
    expect(await outcome(server, token)).toBe('admitted')
    clock.pass(2000)
    expect(await outcome(server, token)).toBe('401 expired')
    expect(await outcome(server, token)).toBe('401 expired')
  })

  it('is refused where a clock that went back makes it one of the future (RFC 7519 §4.1.5)', async () => {
    const server = await readyApi()
    const token = await issuer.accessToken({ claims: { nbf: Math.floor(clock.now() / 1000) } })
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    clock.jump(-3_600_000)
    expect(await outcome(server, token)).toBe('401 not_yet_valid')
  })

  it('is refused once its key was withdrawn (ARCHITECTURE, "Keys")', async () => {
    const server = await readyApi()
    const token = await long()
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    await issuer.rotateKeys()
    clock.pass(8 * MINUTE)
    await vi.waitFor(() => expect(issuer.requests.jwks).toHaveLength(2))
    await vi.waitFor(async () => expect(await outcome(server, token)).toBe('401 key_unknown'))
  })

  it('is refused where its kid now names another key (RFC 7517 §4.5)', async () => {
    const server = await readyApi()
    const token = await long()
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    const { kid } = issuer.publicJwk('ES256')
    await issuer.rotateKeys()
    issuer.behave({ jwks: { body: { keys: [{ ...issuer.publicJwk('ES256'), kid }] } } })
    clock.pass(8 * MINUTE)
    await vi.waitFor(() => expect(issuer.requests.jwks).toHaveLength(2))
    await vi.waitFor(async () => expect(await outcome(server, token)).toBe('401 signature_invalid'))
  })

  it('is not verified again because unchanged keys were fetched again (ARCHITECTURE, "Keys")', async () => {
    const server = await readyApi()
    const token = await long()
    for (let i = 0; i < 3; i++) await outcome(server, token)
    clock.pass(8 * MINUTE)
    await vi.waitFor(() => expect(issuer.requests.jwks).toHaveLength(2))
    expect(await outcome(server, token)).toBe('admitted')
    expect(verifications.count).toBe(2)
  })

  it('is answered 503 once keys are too old, and not 200 from memory (ARCHITECTURE, "Keys")', async () => {
    const server = await readyApi()
    const token = await long()
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    await issuer.goDown()
    clock.pass(69 * MINUTE)
    expect(await outcome(server, token)).toBe('admitted')
    clock.pass(2 * MINUTE)
    expect(await outcome(server, token)).toBe('503 keys_unavailable')
  })

  it('is judged by the new policy of a tenant whose options changed (ours)', async () => {
    let audience = AUDIENCE
    const server = api({ issuer: (iss) => ({ issuer: iss, audience }) })
    const token = await long()
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    audience = 'urn:other'
    clock.pass(MINUTE)
    await vi.waitFor(async () => expect(await outcome(server, token)).toBe('401 audience_mismatch'))
  })

  it('is refused where the function that gives keys no longer gives its key (ours)', async () => {
    const { createPublicKey } = await import('node:crypto')
    const key = createPublicKey({ key: issuer.publicJwk('ES256'), format: 'jwk' })
    let trusted = true
    const server = api({ keys: async () => (trusted ? key : undefined) })
    const token = await long()
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    trusted = false
    expect(await outcome(server, token)).toBe('401 key_unknown')
  })
})

describe('tokens that come once', () => {
  it('drive no token out that comes again, though there are more of them than are remembered (ours)', async () => {
    const server = await readyApi({ cache: { max: 2 } })
    const known = await issuer.accessToken({ claims: { jti: 'known' } })
    for (let i = 0; i < 3; i++) await outcome(server, known)
    expect(verifications.count).toBe(2)
    // No more: five that leave their marks in one place by chance would take that of the known one.
    for (let i = 0; i < 3; i++)
      await outcome(server, await issuer.accessToken({ claims: { jti: `once-${i}` } }))
    expect(verifications.count).toBe(5)
    await outcome(server, known)
    expect(verifications.count).toBe(5)
  })
})

describe('what is remembered', () => {
  it('is no refusal: a token that is refused is looked at anew each time (ours)', async () => {
    const server = await readyApi()
    const token = await issuer.signedByStranger()
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('401 signature_invalid')
    expect(verifications.count).toBe(3)
  })

  it('is bounded, and the token that was unused for longest is forgotten first (ours)', async () => {
    const server = await readyApi({ cache: { max: 3 } })
    const tokens = await Promise.all(
      ['a', 'b', 'c', 'd'].map((sub) => issuer.accessToken({ claims: { sub } })),
    )
    const [a = '', b = '', c = '', d = ''] = tokens
    for (const token of [a, a, b, b, c, c, a, d, d]) await outcome(server, token)
    expect(verifications.count).toBe(8)
    for (const token of [a, c, d]) await outcome(server, token)
    expect(verifications.count).toBe(8)
    await outcome(server, b)
    expect(verifications.count).toBe(9)
  })

  it('is bounded in size too: large tokens count for more (ours)', async () => {
    const server = await readyApi({ cache: { max: 2 } })
    const sub = 'x'.repeat(4000)
    const [a = '', b = ''] = await Promise.all(
      ['a', 'b'].map((jti) => issuer.accessToken({ claims: { sub, jti } })),
    )
    for (const token of [a, a, b, b, a]) await outcome(server, token)
    expect(verifications.count).toBe(5)
  })

  it('belongs to one resource server: another, with another audience, refuses (ours)', async () => {
    const token = await long()
    expect(await outcome(api(), token)).toBe('admitted')
    expect(await outcome(api({ audience: 'urn:other' }), token)).toBe('401 audience_mismatch')
  })

  it('helps with shared secrets too (RFC 7518 §3.2)', async () => {
    const hs = await createTestIssuer({ algorithms: ['HS256'], audience: AUDIENCE, clock: clock.now })
    const server = createResourceServer(
      { issuer: hs.issuer, audience: AUDIENCE, keys: secret(hs.secret('HS256')) },
      clock,
    )
    const token = await hs.accessToken()
    for (let i = 0; i < 2; i++) await outcome(server, token)
    const [one, other] = [server.decide(bearer(token)), server.decide(bearer(token))]
    if (one instanceof Promise || other instanceof Promise || !one.ok || !other.ok)
      throw new TypeError('refused')
    // What was parsed once is one object.
    expect(other.auth?.claims).toBe(one.auth?.claims)
  })

  it('are headers too, of verified tokens only, and a header with a flaw is never one of them (ours)', async () => {
    const server = createResourceServer(
      { issuer: issuer.issuer, audience: AUDIENCE, keys: staticJwks(issuer.jwks()), cache: false },
      clock,
    )
    const crit = await issuer.accessToken({ header: { crit: ['exp'] } })
    for (let i = 0; i < 3; i++) {
      expect(await outcome(server, await long())).toBe('admitted')
      expect(await outcome(server, crit)).toBe('401 critical_header')
    }
  })
})
