import { Redis as Ioredis } from 'ioredis'
import { Redis as Ioredis5 } from 'ioredis5'
import { createClient } from 'redis'
import { createClient as createClient4 } from 'redis4'
import { createClient as createClient5 } from 'redis5'
import type { RedisClient } from '../src/index.ts'

/** A client as its user has it, and what a test does to it. */
export interface Opened extends AsyncDisposable {
  readonly client: RedisClient
  /** The next time that it is ready for commands. */
  readyAgain(): Promise<void>
  /** Closes it, as its user would. */
  close(): void
}

/** How each library opens a client that is ready. */
export const LIBRARIES: Readonly<Record<string, (port: number) => Promise<Opened>>> = {
  'ioredis 6': (port) => overIoredis(new Ioredis(port, '127.0.0.1')),
  'ioredis 5': (port) => overIoredis(new Ioredis5(port, '127.0.0.1')),
  'node-redis 6': (port) => overNodeRedis(createClient(at(port))),
  'node-redis 5': (port) => overNodeRedis(createClient5(at(port))),
  'node-redis 4': async (port) => {
    const client = createClient4(at(port))
    return overNodeRedis(Object.assign(client, { destroy: () => void client.disconnect() }))
  },
}

const at = (port: number) => ({ url: `redis://127.0.0.1:${port}` })

/** What both libraries' clients have as event emitters. */
interface Emitter {
  on(event: 'error', listener: () => void): unknown
  once(event: 'ready', listener: () => void): unknown
}

const ready = (client: Emitter) => new Promise<void>((resolve) => client.once('ready', resolve))

async function overIoredis(client: Ioredis | Ioredis5): Promise<Opened> {
  client.on('error', () => undefined)
  await ready(client)
  return opened(client, client, () => client.disconnect())
}

async function overNodeRedis(
  client: RedisClient & Emitter & { isOpen: boolean; connect(): Promise<unknown>; destroy(): void },
): Promise<Opened> {
  client.on('error', () => undefined)
  await client.connect()
  return opened(client, client, () => {
    if (client.isOpen) client.destroy()
  })
}

function opened(client: RedisClient, emitter: Emitter, close: () => void): Opened {
  return {
    client,
    readyAgain: () => ready(emitter),
    close,
    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
