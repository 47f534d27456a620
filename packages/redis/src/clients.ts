import { ConfigurationError } from '@gatewarden/core'
import { kindOf } from './kind-of.ts'

/** What is used of a client of ioredis 5 or 6, a cluster's included. */
export interface IoredisClient {
  readonly status: string
  call(command: string, ...args: string[]): Promise<unknown>
}

/** What is used of a client, or a pool of clients, of node-redis 4, 5 or 6. */
export interface NodeRedisClient {
  readonly isOpen: boolean
  /** Absent in a pool. */
  readonly isReady?: boolean
  sendCommand(args: string[], options?: object): Promise<unknown>
}

/** A client that the user has, opens and closes. */
export type RedisClient = IoredisClient | NodeRedisClient

/** One way to speak to either client. */
export interface Connection {
  /** What keeps the client from sending at once, in a word or two; nothing where it is ready. */
  obstacle(): string | undefined
  /** Sends, and answers as Redis did. May throw as well as reject. */
  send(command: string, args: readonly string[], signal: AbortSignal): Promise<unknown>
}

const FIX =
  'Give the client that you have: `new Redis(url)` of ioredis 5 or 6, or `createClient({ url })` of node-redis 4, 5 or 6'

/** @throws ConfigurationError where `client` is neither library's */
export function connectionOf(client: RedisClient): Connection {
  if (isIoredis(client)) return overIoredis(client)
  if (isNodeRedis(client)) return overNodeRedis(client)
  throw new ConfigurationError('client', `is ${kindOf(client)}, not a Redis client`, FIX)
}

function isIoredis(client: unknown): client is IoredisClient {
  const { call, status } = Object(client) as Partial<IoredisClient>
  return typeof call === 'function' && typeof status === 'string'
}

function isNodeRedis(client: unknown): client is NodeRedisClient {
  const { sendCommand, isOpen } = Object(client) as Partial<NodeRedisClient>
  if (typeof sendCommand !== 'function' || typeof isOpen !== 'boolean') return false
  // Others take more before their options: cluster.sendCommand(key, isReadonly, args), sentinel.sendCommand(isReadonly, args).
  if (sendCommand.length <= 2) return true
  throw new ConfigurationError(
    'client',
    'is a cluster or sentinel of node-redis, which are not supported',
    'Give `createClient()` of node-redis for one server, or `new Redis({ sentinels })` or `new Cluster(nodes)` of ioredis',
  )
}

function overIoredis(client: IoredisClient): Connection {
  return {
    obstacle: () => (client.status === 'ready' ? undefined : `its status is ${client.status}`),
    // In lower case: ioredis finds the key by the name of the command, for `keyPrefix` and for clusters.
    send: (command, args) => client.call(command.toLowerCase(), ...args),
  }
}

function overNodeRedis(client: NodeRedisClient): Connection {
  return {
    obstacle() {
      if (!client.isOpen) return 'it is closed'
      return client.isReady === false ? 'it has no connection' : undefined
    },
    // The signal takes a command that was not sent yet out of the queue, in node-redis 5 and 6. Its name in 4 is `signal`, never given:
    // there, one that aborts after the command was sent breaks the queue. Replies are of the usual types, whatever the user chose.
    send: (command, args, signal) =>
      client.sendCommand([command, ...args], { abortSignal: signal, typeMapping: {} }),
  }
}
