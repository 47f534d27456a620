import { hash } from 'node:crypto'
import type { SharedStore } from '@gatewarden/core'
import { connectionOf, type RedisClient } from './clients.ts'
import { withinDeadline } from './deadline.ts'
import { failed, notReady, strangeReply, tooLate } from './failures.ts'
import { type RedisStoreOptions, readOptions } from './options.ts'
import { wholeSeconds } from './seconds.ts'

export type { RedisStoreOptions }

/**
 * What several processes of an API know together, kept in Redis. The client is the user's: it is never opened, closed or configured
 * here. Keys stand in Redis as prefix and SHA-256, values as they are.
 *
 * Every call answers within the timeout or rejects with an Error that says what to look at. A client that is not ready is not asked:
 * what waits in its queue would be carried out at some later time. A write that was sent and rejects may have been carried out all the
 * same.
 *
 * @throws ConfigurationError where the client is none, or an option is wrong
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): SharedStore {
  const connection = connectionOf(client)
  const { prefix, timeout } = readOptions(options)
  const place = (key: string): string => prefix + hash('sha256', key, 'base64url')

  async function ask(command: string, ...args: string[]): Promise<unknown> {
    const obstacle = connection.obstacle()
    if (obstacle !== undefined) throw notReady(command, obstacle)
    const send = async (signal: AbortSignal): Promise<unknown> => {
      try {
        return await connection.send(command, args, signal)
      } catch (cause) {
        throw failed(command, cause)
      }
    }
    return withinDeadline(timeout, send, () => tooLate(command, timeout))
  }

  return Object.freeze({
    async get(key) {
      const reply = await ask('GET', place(key))
      if (reply === null) return undefined
      // Anything else taken for "nothing there" would admit what is revoked.
      if (typeof reply !== 'string') throw strangeReply('GET', reply)
      return reply
    },
    async set(key, value, seconds) {
      const reply = await ask('SET', place(key), value, 'EX', wholeSeconds(seconds))
      if (reply !== 'OK') throw strangeReply('SET', reply)
    },
    async add(key, value, seconds) {
      const reply = await ask('SET', place(key), value, 'EX', wholeSeconds(seconds), 'NX')
      if (reply !== 'OK' && reply !== null) throw strangeReply('SET', reply)
      return reply === 'OK'
    },
    async delete(key) {
      const reply = await ask('DEL', place(key))
      if (!/^[01]$/.test(String(reply))) throw strangeReply('DEL', reply)
    },
  } satisfies SharedStore)
}
