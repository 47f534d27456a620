import { Cluster, Redis as Ioredis } from 'ioredis'
import { createClient, createClientPool, RESP_TYPES } from 'redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RedisClient, redisStore } from '../src/index.ts'
import { freePort, hasRedis, type RedisServer, startRedis } from './redis-server.ts'

const MINUTE = 60
const patient = { timeout: 5000 }

describe.skipIf(!hasRedis)('a store over a client that its user has set up otherwise', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis[Symbol.asyncDispose]())

  async function serves(client: RedisClient): Promise<void> {
    const store = redisStore(client, patient)
    expect(await store.get('k')).toBeUndefined()
    expect(await store.add('k', 'v', MINUTE)).toBe(true)
    expect(await store.add('k', 'w', MINUTE)).toBe(false)
    expect(await store.get('k')).toBe('v')
    await store.set('k', 'w', MINUTE)
    expect(await store.get('k')).toBe('w')
    await store.delete('k')
    expect(await store.get('k')).toBeUndefined()
  }

  it('serves over ioredis with pipelines, a prefix and numbers as texts (ours)', async () => {
    const chosen = { keyPrefix: 'mine:', enableAutoPipelining: true, stringNumbers: true }
    const client = new Ioredis(redis.port, '127.0.0.1', chosen)
    await client.ping()
    await serves(client)
    await redisStore(client, patient).set('k', 'v', MINUTE)
    expect(await redis.tell('KEYS *')).toContain('\r\nmine:gatewarden:')
    client.disconnect()
  })

  it('serves over a cluster of ioredis (ours)', async () => {
    const ways = ['--cluster-announce-ip', '127.0.0.1', '--cluster-port', `${await freePort()}`]
    await using node = await startRedis(['--cluster-enabled', 'yes', ...ways])
    await node.tell('CLUSTER ADDSLOTSRANGE 0 16383')
    // Two seconds after its start a node takes commands.
    await expect.poll(() => node.tell('CLUSTER INFO'), { timeout: 10_000 }).toContain('cluster_state:ok')
    const client = new Cluster([{ host: '127.0.0.1', port: node.port }])
    client.on('error', () => undefined)
    await client.get('anything')
    await serves(client)
    client.disconnect()
  })

  it.each([2, 3] as const)(
    'serves over node-redis with RESP %d and replies as bytes (ours)',
    async (RESP) => {
      const commandOptions = {
        typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: Buffer },
      }
      const client = createClient({ url: `redis://127.0.0.1:${redis.port}`, RESP, commandOptions })
      client.on('error', () => undefined)
      await client.connect()
      await serves(client)
      client.destroy()
    },
  )

  it('serves over a pool of node-redis; what could not be sent in time is never done (ours)', async () => {
    await using server = await startRedis()
    const pool = createClientPool({ url: `redis://127.0.0.1:${server.port}` }, { minimum: 1, maximum: 1 })
    pool.on('error', () => undefined)
    await pool.connect()
    await serves(pool)
    const store = redisStore(pool, { timeout: 100 })
    await server.kill()
    await expect(store.add('a', 'v', MINUTE)).rejects.toThrow(/^Redis did not/)
    await expect(store.add('b', 'v', MINUTE)).rejects.toThrow(/^Redis did not/)
    await server.start()
    await expect.poll(() => store.get('a').catch(() => 'not yet'), { timeout: 10_000 }).toBeUndefined()
    expect(await server.tell('DBSIZE')).toBe(':0\r\n')
    pool.destroy()
    await expect(store.get('a')).rejects.toThrow(
      /^Redis was not asked to GET: the client is not ready, it is closed/,
    )
  })
})
