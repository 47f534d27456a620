import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { staticJwks } from '../src/keys/static.ts'
import type { ResourceServerOptions } from '../src/options.ts'
import { createResourceServer } from '../src/resource-server.ts'
import { type DenyList, denyList } from '../src/revocation/deny-list.ts'
import { memoryStore } from '../src/stores/memory-store.ts'
import type { SharedStore } from '../src/stores/shared-store.ts'
import type { AuthContext } from '../src/token/context.ts'
import { TestClock } from './clock.ts'
import { AUDIENCE, bearer, ISSUER, verdictOf } from './support.ts'

const clock = new TestClock(1_800_000_000_000)
const issuer = await createTestIssuer({
  algorithms: ['ES256'],
  issuer: ISSUER,
  audience: AUDIENCE,
  clock: clock.now,
})
const seconds = () => Math.floor(clock.now() / 1000)
const api = (options: Partial<ResourceServerOptions>) =>
  createResourceServer(
    { issuer: ISSUER, audience: AUDIENCE, keys: staticJwks(issuer.jwks()), ...options },
    clock,
  )
const token = await issuer.accessToken({ expiresIn: 50_000 })
const judge = async (options: Partial<ResourceServerOptions>, sent = token) =>
  verdictOf(await api(options).authenticate(bearer(sent)))

describe('the function isRevoked', () => {
  it.each<[string, unknown, string]>([
    ['false', false, 'admitted'],
    ['true', true, '401 revoked'],
    ['a promise of false', Promise.resolve(false), 'admitted'],
    ['a promise of true', Promise.resolve(true), '401 revoked'],
    ['nothing', undefined, '503 revocation_unknown'],
    ['0', 0, '503 revocation_unknown'],
    ['a promise of nothing', Promise.resolve(), '503 revocation_unknown'],
    ['a text', 'false', '503 revocation_unknown'],
  ])('that answers %s (RFC 7009 §1)', async (_, answer, expected) => {
    expect(await judge({ isRevoked: () => answer as boolean })).toBe(expected)
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('down'))],
  ])('that %s makes 503 with the reason for the operator, never a pass (ours)', async (_, isRevoked) => {
    const decision = await api({ isRevoked }).authenticate(bearer(token))
    expect(verdictOf(decision)).toBe('503 revocation_unknown')
    expect(!decision.ok && decision.reason.message).toMatch(/down/)
    expect(!decision.ok && decision.refusal.headers).toHaveProperty('retry-after')
  })

  it('that does not answer is given up on after a second (ours)', async () => {
    const deciding = api({ isRevoked: () => new Promise<boolean>(() => undefined) }).authenticate(
      bearer(token),
    )
    await Promise.resolve()
    clock.pass(1000)
    expect(verdictOf(await deciding)).toBe('503 revocation_unknown')
  })

  it('is asked about every request, also with a token that is known, and of no token that is refused (ours)', async () => {
    const asked: AuthContext[] = []
    let revoked = false
    const server = api({
      isRevoked(auth) {
        asked.push(auth)
        return revoked
      },
    })
    const ask = async (sent: string) => verdictOf(await server.authenticate(bearer(sent)))
    expect([await ask(token), await ask(token)]).toEqual(['admitted', 'admitted'])
    revoked = true
    expect(await ask(token)).toBe('401 revoked')
    expect(await ask(await issuer.signedByStranger())).toBe('401 signature_invalid')
    expect(asked.map((auth) => auth.token)).toEqual([token, token, token])
  })

  it('is part of an explanation (ours)', async () => {
    const { admitted, reason, checks } = await api({ isRevoked: () => true }).explain(token)
    expect([admitted, reason?.code]).toEqual([false, 'revoked'])
    expect(checks.at(-1)).toMatchObject({ name: 'status', status: 'failed' })
  })

  it('must be a function (ours)', () => {
    expect(() => api({ isRevoked: true as never })).toThrow(/isRevoked/)
  })
})

describe('a deny list', () => {
  const fresh = (options: object = {}) => {
    const store = memoryStore({}, clock.monotonic)
    return { store, list: denyList({ store, now: clock.now, ...options }) }
  }
  const claims = { sub: 'jane', sid: 's1', jti: 'j1', client_id: 'portal' }
  const mint = (changes: object = {}) =>
    issuer.accessToken({ claims: { ...claims, ...changes }, expiresIn: 50_000 })
  const ask = async (list: DenyList, sent: string) => judge({ isRevoked: list.isRevoked }, sent)

  it('admits whatever is not on it (ours)', async () => {
    expect(await ask(fresh().list, await mint())).toBe('admitted')
  })

  it.each<[string, (list: DenyList) => Promise<void>, object]>([
    ['its jti', (list) => list.denyTokenId(ISSUER, 'j1'), { jti: 'j2' }],
    ['its user', (list) => list.denySubject(ISSUER, 'jane'), { sub: 'john' }],
    ['its session', (list) => list.denySession(ISSUER, 's1'), { sid: 's2' }],
    ['its client', (list) => list.denyClient(ISSUER, 'portal'), { client_id: 'other' }],
  ])('denies a token by %s, and no other (RFC 7009 §2.1)', async (_, deny, other) => {
    const { list } = fresh()
    await deny(list)
    expect(await ask(list, await mint())).toBe('401 revoked')
    expect(await ask(list, await mint(other))).toBe('admitted')
  })

  it('denies one token, by its text or as it was admitted (ours)', async () => {
    const { list } = fresh()
    const [one, two, three] = [await mint({ a: 1 }), await mint({ a: 2 }), await mint({ a: 3 })]
    await list.denyToken(one)
    const decision = await api({}).authenticate(bearer(two))
    if (!decision.ok || decision.auth === undefined) throw new TypeError('refused')
    await list.denyToken(decision.auth)
    expect([await ask(list, one), await ask(list, two), await ask(list, three)]).toEqual([
      '401 revoked',
      '401 revoked',
      'admitted',
    ])
  })

  it('denies a token whatever its signature looks like: an ECDSA one has a second form (FIPS 186-5 §6.4)', async () => {
    const { list } = fresh()
    const sent = await mint()
    await list.denyToken(sent)
    const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
    const at = sent.lastIndexOf('.') + 1
    const signature = Buffer.from(sent.slice(at), 'base64url')
    const s = order - BigInt(`0x${signature.subarray(32).toString('hex')}`)
    const other = Buffer.concat([
      signature.subarray(0, 32),
      Buffer.from(s.toString(16).padStart(64, '0'), 'hex'),
    ]).toString('base64url')
    expect(await judge({}, `${sent.slice(0, at)}${other}`)).toBe('admitted')
    expect(await ask(list, `${sent.slice(0, at)}${other}`)).toBe('401 revoked')
  })

  it('ends all tokens of a user up to a moment, and admits those that came after it (ours)', async () => {
    const { list } = fresh()
    const old = await mint({ iat: seconds() - 100 })
    await list.denySubject(ISSUER, 'jane', { until: seconds() - 50 })
    expect(await ask(list, old)).toBe('401 revoked')
    expect(await ask(list, await mint({ iat: seconds() - 50 }))).toBe('401 revoked')
    expect(await ask(list, await mint({ iat: seconds() - 49 }))).toBe('admitted')
    expect(await ask(list, await mint({ iat: undefined }))).toBe('401 revoked')
  })

  it('never takes a later moment back for an earlier one (ours)', async () => {
    const { list } = fresh()
    await list.denySubject(ISSUER, 'jane', { until: seconds() - 10 })
    await list.denySubject(ISSUER, 'jane', { until: seconds() - 1000 })
    expect(await ask(list, await mint({ iat: seconds() - 20 }))).toBe('401 revoked')
  })

  it('keeps issuers apart: a user of one is not one of another (ours)', async () => {
    const { list } = fresh()
    await list.denySubject('https://other.test/', 'jane')
    await list.denyTokenId('https://other.test/', 'j1')
    expect(await ask(list, await mint())).toBe('admitted')
  })

  it('forgets an entry once no token that it is about can be valid (ours)', async () => {
    const { store, list } = fresh({ lifetime: 100 })
    await list.denyTokenId(ISSUER, 'j1')
    const key = JSON.stringify(['jti', ISSUER, 'j1'])
    clock.pass(399_000)
    expect(await store.get(key)).toBe('1')
    clock.pass(2000)
    expect(await store.get(key)).toBeUndefined()
  })

  it.each([
    ['is refused, 503, by default', {}, '503 revocation_unknown'],
    ['is admitted where that was chosen', { onStoreError: 'allow' }, 'admitted'],
  ])('whose store fails: a token %s (ours)', async (_, options, expected) => {
    const down = () => Promise.reject(new Error('the store is down'))
    const store: SharedStore = { get: down, set: down, add: down, delete: down }
    const list = denyList({ store, ...(options as { onStoreError?: 'allow' }) })
    expect(await ask(list, token)).toBe(expected)
    await expect(list.denySubject(ISSUER, 'jane')).rejects.toThrow('the store is down')
  })

  it('puts no token into its store (ours)', async () => {
    const keys: string[] = []
    const inner = memoryStore()
    const list = denyList({
      store: {
        ...inner,
        set(key, value, ttl) {
          keys.push(key, value)
          return inner.set(key, value, ttl)
        },
      },
    })
    await list.denyToken(token)
    expect(keys.join()).not.toContain(token.split('.')[2])
  })

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /memoryStore/],
    ['no store', {}, /store/],
    ['a store without add', { store: { ...memoryStore(), add: undefined } }, /`add`/],
    ['a lifetime that is none', { store: memoryStore(), lifetime: -1 }, /lifetime/],
    ['a misspelt lifetime', { store: memoryStore(), lifeTime: 5 }, /denyList\.lifeTime.*`lifetime`/],
    ['another onStoreError', { store: memoryStore(), onStoreError: 'ignore' }, /onStoreError/],
  ])('refuses %s at once (ours)', (_, options, message) => {
    expect(() => denyList(options as never)).toThrow(message)
  })

  it.each([
    ['', 'jane'],
    [ISSUER, ''],
    [ISSUER, undefined],
  ])('refuses to deny %j %j, which would deny nobody or everybody (ours)', async (iss, subject) => {
    const { list } = fresh()
    await expect(async () => list.denySubject(iss, subject as string)).rejects.toThrow(TypeError)
  })
})

it('a store in memory refuses options that do not exist (ours)', () => {
  expect(() => memoryStore({ maximum: 5 } as never)).toThrow(/memoryStore\.maximum/)
  expect(() => memoryStore(5 as never)).toThrow(/memoryStore/)
})

describe('a moment up to which tokens are denied', () => {
  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, clock.now(), '1700000000' as unknown as number])(
    'is refused where it is none in seconds: %s would deny nobody, or everybody (ours)',
    async (until) => {
      const list = denyList({ store: memoryStore(), now: clock.now })
      await expect(list.denySubject(ISSUER, 'jane', { until })).rejects.toThrow(/seconds/)
    },
  )
})

describe('a store in memory', () => {
  it('lets one of many set what is not there yet (ours)', async () => {
    const store = memoryStore({}, clock.monotonic)
    const added = await Promise.all([...Array(50).keys()].map((i) => store.add('k', `${i}`, 10)))
    expect(added.filter(Boolean)).toHaveLength(1)
    clock.pass(10_001)
    expect(await store.add('k', 'again', 10)).toBe(true)
    await store.delete('k')
    expect(await store.get('k')).toBeUndefined()
  })

  it('is bounded (ours)', async () => {
    const store = memoryStore({ max: 2 })
    for (const key of ['a', 'b', 'c']) await store.set(key, key, 10)
    expect([await store.get('a'), await store.get('c')]).toEqual([undefined, 'c'])
    expect(() => memoryStore({ max: 0 })).toThrow(/max/)
  })
})
