import { ConfigurationError, show } from '@gatewarden/core'

/** How a store keeps, and how long it waits. */
export interface RedisStoreOptions {
  /** What every key begins with: one for each API that shares the Redis. Default: `gatewarden:` */
  readonly prefix?: string | undefined
  /** Milliseconds that Redis has for an answer, at most a minute. Default: 100 */
  readonly timeout?: number | undefined
}

const MINUTE = 60_000

/** @throws ConfigurationError where an option is wrong or does not exist */
export function readOptions(given: RedisStoreOptions): { prefix: string; timeout: number } {
  const { prefix = 'gatewarden:', timeout = 100, ...others } = given
  const [stranger] = Object.keys(others)
  if (stranger !== undefined)
    throw new ConfigurationError(stranger, 'does not exist', 'The options are prefix and timeout')
  if (typeof prefix !== 'string')
    throw new ConfigurationError('prefix', `is ${show(prefix)}, not a text`, "Give one: 'health-api:'")
  if (typeof timeout !== 'number' || !(timeout >= 1 && timeout <= MINUTE))
    throw new ConfigurationError('timeout', `is ${show(timeout)}`, `Give milliseconds, from 1 to ${MINUTE}`)
  return { prefix, timeout }
}
