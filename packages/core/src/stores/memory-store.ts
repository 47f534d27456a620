import { LRUCache } from 'lru-cache'
import { readCount, rejectUnknown, requireObject } from '../option-checks.ts'
import type { SharedStore } from './shared-store.ts'

const DEFAULT_MAX = 100_000

/**
 * A store in the memory of this process: for an API of one process, and for tests. What is in it is gone with the process.
 *
 * @param options `max`: most entries; beyond it the one that was unused for longest is forgotten. Default: 100,000
 * @param monotonic milliseconds that never jump, for tests
 * @throws ConfigurationError where an option is wrong or does not exist
 */
export function memoryStore(
  options: { readonly max?: number | undefined } = {},
  monotonic: () => number = () => performance.now(),
): SharedStore {
  requireObject(options, 'memoryStore', 'Give nothing, or { max: 100_000 }')
  rejectUnknown(options, ['max'], 'memoryStore.')
  const max = readCount(options.max, 'max') ?? DEFAULT_MAX
  const entries = new LRUCache<string, string>({ max, ttlResolution: 0, perf: { now: monotonic } })
  return Object.freeze({
    async get(key) {
      return entries.get(key)
    },
    async set(key, value, seconds) {
      entries.set(key, value, { ttl: Math.max(seconds, 1) * 1000 })
    },
    async add(key, value, seconds) {
      if (entries.has(key)) return false
      entries.set(key, value, { ttl: Math.max(seconds, 1) * 1000 })
      return true
    },
    async delete(key) {
      entries.delete(key)
    },
  } satisfies SharedStore)
}
