import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { redisStore } from '../src/index.ts'
import { LIBRARIES } from './clients.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

const MINUTE = 60
/** Generous, for these tests are not about time. */
const patient = { timeout: 5000 }

describe.skipIf(!hasRedis).each(Object.entries(LIBRARIES))('a store over %s', (_, open) => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis[Symbol.asyncDispose]())
  afterEach(async () => {
    for (const command of [
      'CONFIG SET maxmemory 0',
      'REPLICAOF NO ONE',
      'CONFIG SET min-replicas-to-write 0',
    ])
      await redis.tell(command)
    await redis.tell('ACL SETUSER default +@all')
    await redis.tell('FLUSHALL')
  })

  it.each([
    [
      'is full',
      ['CONFIG SET maxmemory-policy noeviction', 'SETRANGE filler 2000000 x', 'CONFIG SET maxmemory 1mb'],
      /OOM .*`maxmemory`/,
    ],
    ['is a replica', ['REPLICAOF 127.0.0.1 1'], /READONLY .*It is a replica/],
    ['has too few replicas', ['CONFIG SET min-replicas-to-write 1'], /NOREPLICAS .*`min-replicas-to-write`/],
    ['forbids to write', ['ACL SETUSER default -set'], /NOPERM .*it needs GET, SET and DEL/],
  ])(
    'where Redis %s rejects what would write, with what to look at, and goes on to read (ours)',
    async (...row) => {
      const [, commands, message] = row
      await using opened = await open(redis.port)
      const store = redisStore(opened.client, patient)
      await store.set('k', 'v', MINUTE)
      for (const command of commands) await redis.tell(command)
      await expect(store.set('k', 'changed', MINUTE)).rejects.toThrow(message)
      await expect(store.add('new', 'v', MINUTE)).rejects.toThrow(message)
      expect(await store.get('k')).toBe('v')
      expect(await store.get('new')).toBeUndefined()
    },
  )

  it('keeps the error of the client as the cause (ours)', async () => {
    await using opened = await open(redis.port)
    await redis.tell('ACL SETUSER default -set')
    const error = await redisStore(opened.client, patient)
      .set('k', 'v', MINUTE)
      .catch((reason: Error) => reason)
    expect((error as Error).cause).toHaveProperty('message', expect.stringMatching(/^NOPERM /))
  })
})
