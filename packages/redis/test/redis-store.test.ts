import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { redisStore } from '../src/index.ts'
import { LIBRARIES } from './clients.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

const MINUTE = 60
/** Generous, for these tests are not about time. */
const patient = { timeout: 5000 }

describe.skipIf(!hasRedis)('a store in Redis', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedis()
  })
  beforeEach(() => redis.tell('FLUSHALL'))
  afterAll(() => redis[Symbol.asyncDispose]())

  /** The only key in Redis. */
  async function onlyKey(): Promise<string> {
    const [, , key, ...others] = (await redis.tell('KEYS *')).split('\r\n')
    expect(others).toEqual([''])
    return key ?? ''
  }

  describe.each(Object.entries(LIBRARIES))('with a client of %s', (_, open) => {
    it('answers what was set last, and nothing once it is deleted (ours)', async () => {
      await using opened = await open(redis.port)
      const store = redisStore(opened.client, patient)
      expect(await store.get('k')).toBeUndefined()
      await store.set('k', 'one', MINUTE)
      await store.set('k', 'two', MINUTE)
      expect(await store.get('k')).toBe('two')
      await store.delete('k')
      expect(await store.get('k')).toBeUndefined()
      await store.delete('k')
    })

    it.each(['', '0', 'null', 'a b\r\nc', '\u0000', 'é€🙂', 'x'.repeat(10_000)])(
      'gives back the text %j as it was (ours)',
      async (value) => {
        await using opened = await open(redis.port)
        const store = redisStore(opened.client, patient)
        await store.set(`key of ${value}`, value, MINUTE)
        expect(await store.get(`key of ${value}`)).toBe(value)
      },
    )

    it.each([
      [60, 60],
      [59.01, 60],
      [0.2, 1],
      [0, 1],
      [-5, 1],
    ])('keeps for %d seconds what Redis is told to keep for %d (ours)', async (seconds, kept) => {
      await using opened = await open(redis.port)
      const store = redisStore(opened.client, patient)
      for (const write of [store.set, store.add]) {
        await redis.tell('FLUSHALL')
        await write('k', 'v', seconds)
        const left = Number((await redis.tell(`PTTL ${await onlyKey()}`)).slice(1))
        expect(left).toBeGreaterThan((kept - 1) * 1000)
        expect(left).toBeLessThanOrEqual(kept * 1000)
      }
    })

    it('forgets when the time is over, and adds again then (ours)', async () => {
      await using opened = await open(redis.port)
      const store = redisStore(opened.client, patient)
      expect(await store.add('k', 'one', MINUTE)).toBe(true)
      await redis.tell(`PEXPIRE ${await onlyKey()} 20`)
      await expect.poll(() => store.get('k'), { interval: 5 }).toBeUndefined()
      expect(await store.add('k', 'two', MINUTE)).toBe(true)
      expect(await store.get('k')).toBe('two')
    })

    it('adds for exactly one of 50 at once, whose value stays (ours)', async () => {
      await using first = await open(redis.port)
      await using second = await open(redis.port)
      const stores = [redisStore(first.client, patient), redisStore(second.client, patient)]
      const race = Array.from({ length: 50 }, (_, at) => stores[at % 2]?.add('k', `${at}`, MINUTE))
      const added = await Promise.all(race)
      expect(added.filter((mine) => mine)).toEqual([true])
      expect(await stores[0]?.get('k')).toBe(`${added.indexOf(true)}`)
    })

    it('shows at once what another store wrote over a client of its own (ours)', async () => {
      await using opened = await open(redis.port)
      for (const openOther of Object.values(LIBRARIES)) {
        await using other = await openOther(redis.port)
        const [ours, theirs] = [redisStore(opened.client, patient), redisStore(other.client, patient)]
        await ours.set('k', 'seen', MINUTE)
        expect(await theirs.get('k')).toBe('seen')
        expect(await theirs.add('k', 'late', MINUTE)).toBe(false)
        await theirs.delete('k')
        expect(await ours.get('k')).toBeUndefined()
      }
    })

    it('keeps prefixes apart (ours)', async () => {
      await using opened = await open(redis.port)
      const [orders, bills] = ['orders:', 'bills:'].map((prefix) =>
        redisStore(opened.client, { ...patient, prefix }),
      )
      await orders?.set('k', 'of orders', MINUTE)
      expect(await bills?.get('k')).toBeUndefined()
      expect(await bills?.add('k', 'of bills', MINUTE)).toBe(true)
      expect(await orders?.get('k')).toBe('of orders')
    })

    it('puts no key into Redis in clear: prefix and SHA-256 only (ours)', async () => {
      await using opened = await open(redis.port)
      const store = redisStore(opened.client, patient)
      await store.set('["sub","https://issuer.test/","alice@example.com"]', '1', MINUTE)
      expect(await onlyKey()).toMatch(/^gatewarden:[\w-]{43}$/)
    })
  })
})
