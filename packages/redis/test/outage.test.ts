import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { redisStore } from '../src/index.ts'
import { LIBRARIES } from './clients.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

const MINUTE = 60
const TIMEOUT = 100
/** ioredis says so only a turn after it was told to close. */
const CLOSED = /^Redis (was not asked to|did not (GET|SET|DEL): Connection is closed)/
/** Milliseconds that a busy machine may add to a deadline. */
const SLACK = 150

/** The messages of those that rejected, and undefined for those that did not; none may take longer than the timeout. */
async function messagesOf(calls: readonly Promise<unknown>[]): Promise<(string | undefined)[]> {
  const start = performance.now()
  const ended = await Promise.allSettled(calls)
  expect(performance.now() - start).toBeLessThan(TIMEOUT + SLACK)
  return ended.map((one) => (one.status === 'rejected' ? (one.reason as Error).message : undefined))
}

describe.skipIf(!hasRedis).each(Object.entries(LIBRARIES))('a store over %s', (_, open) => {
  let redis: RedisServer
  beforeEach(async () => {
    redis = await startRedis()
  })
  afterEach(() => redis[Symbol.asyncDispose]())

  it('rejects in time where Redis is killed in mid-flight, and works again once it is back (ours)', async () => {
    await using opened = await open(redis.port)
    const store = redisStore(opened.client, { timeout: TIMEOUT })
    await store.set('k', 'before', MINUTE)
    await redis.tell('CLIENT PAUSE 60000')
    const calls = [
      store.get('k'),
      store.set('k', 'v', MINUTE),
      store.add('j', 'v', MINUTE),
      store.delete('k'),
    ]
    const messages = messagesOf(calls)
    await redis.kill()
    for (const message of await messages) expect(message).toMatch(/^Redis did not .*network between/)

    for (const message of await messagesOf([store.get('k'), store.add('j', 'v', MINUTE)]))
      expect(message).toMatch(/^Redis (did not|was not asked to) .*network between/)

    const back = opened.readyAgain()
    await redis.start()
    await back
    await store.set('k', 'after', MINUTE)
    expect(await store.get('k')).toBe('after')
  })

  it('asks nothing of a client that has lost Redis, so that nothing is done later that was refused (ours)', async () => {
    await using opened = await open(redis.port)
    const store = redisStore(opened.client, { timeout: TIMEOUT })
    await redis.kill()
    await expect.poll(() => messageOf(store.get('k'))).toMatch(/the client is not ready, its? /)
    const writes = ['a', 'b', 'c'].map((key) => store.add(key, 'v', MINUTE))
    for (const message of await messagesOf(writes)) expect(message).toMatch(/^Redis was not asked to SET/)

    const back = opened.readyAgain()
    await redis.start()
    await back
    expect(await store.add('a', 'mine', MINUTE)).toBe(true)
    expect(await redis.tell('DBSIZE')).toBe(':1\r\n')
  })

  it('rejects in time where Redis is slow, and says to look at its load; a late answer harms nobody (ours)', async () => {
    await using opened = await open(redis.port)
    const store = redisStore(opened.client, { timeout: TIMEOUT })
    const patient = redisStore(opened.client, { timeout: 5000 })
    await store.set('k', 'v', MINUTE)
    await redis.tell('CLIENT PAUSE 500')
    const calls = [
      store.get('k'),
      store.set('s', 'v', MINUTE),
      store.add('a', 'v', MINUTE),
      store.delete('d'),
    ]
    const messages = await messagesOf(calls)
    for (const message of messages)
      expect(message).toMatch(/^Redis did not answer (GET|SET|DEL) within 100 ms\. Look at its load/)
    expect(await patient.get('k')).toBe('v')
    expect(await store.get('k')).toBe('v')
  })

  it('rejects in time over a client that its user has closed (ours)', async () => {
    await using opened = await open(redis.port)
    const store = redisStore(opened.client, { timeout: TIMEOUT })
    opened.close()
    const calls = [
      store.get('k'),
      store.set('k', 'v', MINUTE),
      store.add('k', 'v', MINUTE),
      store.delete('k'),
    ]
    for (const message of await messagesOf(calls)) expect(message).toMatch(CLOSED)
  })

  it('takes an answer that came while this process was busy for longer than the timeout (ours)', async () => {
    await using opened = await open(redis.port)
    const store = redisStore(opened.client, { timeout: TIMEOUT })
    await store.set('k', 'v', MINUTE)
    const asked = store.get('k')
    // The client writes within a turn or two of the loop.
    await new Promise((turn) => setImmediate(turn))
    const until = performance.now() + 2 * TIMEOUT
    while (performance.now() < until);
    expect(await asked).toBe('v')
  })
})

async function messageOf(call: Promise<unknown>): Promise<string> {
  const [message] = await messagesOf([call])
  return message ?? 'none'
}
