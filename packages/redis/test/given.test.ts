import { ConfigurationError } from '@gatewarden/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type RedisClient, redisStore } from '../src/index.ts'

const MINUTE = 60

/** A client of ioredis to look at, which answers as told. */
function answering(answer: () => unknown) {
  const sent: string[][] = []
  const client = {
    status: 'ready',
    async call(...command: string[]) {
      sent.push(command)
      return answer()
    },
  }
  return { client, sent, store: redisStore(client) }
}

describe('redisStore()', () => {
  class Valkey {}
  it.each([
    ['nothing', undefined, /is nothing,/],
    ['null', null, /is nothing,/],
    ['an address', 'redis://:hunter2@redis.test', /is a text,/],
    ['options', { host: 'redis.test', password: 'hunter2' }, /with the members \[`host`, `password`\],/],
    ['a class', Valkey, /is a function,/],
    ['a client of another library', new Valkey(), /is a value of the class `Valkey`,/],
    ['a client that is awaited too late', Promise.resolve({}), /is a promise \(await it\),/],
    ['a client of node-redis 3', { connected: true, sendCommand: () => true }, /with the members/],
    [
      'a cluster of node-redis',
      { isOpen: true, sendCommand: (_key: string, _isReadonly: boolean, _args: string[]) => true },
      /is a cluster or/,
    ],
    ['an object without a prototype', Object.create(null), /with the members/],
  ])('refuses %s for a client at once, and shows no value of it (ours)', (_, given, message) => {
    const made = (): unknown => redisStore(given as RedisClient)
    expect(made).toThrow(ConfigurationError)
    expect(made).toThrow(message)
    expect(made).not.toThrow(/hunter2/)
  })

  it.each([
    ['a timeout of 0', { timeout: 0 }],
    ['a timeout that never ends', { timeout: Number.POSITIVE_INFINITY }],
    ['a timeout that is no number', { timeout: Number.NaN }],
    ['a timeout as text', { timeout: '100' }],
    ['a prefix that is no text', { prefix: 7 }],
    ['an option that does not exist', { ttl: 60 }],
  ])('refuses %s at once, by its name (ours)', (_, options) => {
    const made = (): unknown => redisStore(answering(() => 'OK').client, options as object)
    expect(made).toThrow(ConfigurationError)
    expect(made).toThrow(`\`${Object.keys(options)[0]}\``)
  })

  it.each([
    ['text', '60', TypeError],
    ['nothing', undefined, TypeError],
    ['no number', Number.NaN, RangeError],
    ['for ever', Number.POSITIVE_INFINITY, RangeError],
    ['more than can be counted', 1e300, RangeError],
  ])('refuses %s as seconds, and asks Redis nothing (ours)', async (_, seconds, kind) => {
    const { store, sent } = answering(() => 'OK')
    await expect(store.set('k', 'v', seconds as number)).rejects.toThrow(kind)
    await expect(store.add('k', 'v', seconds as number)).rejects.toThrow(kind)
    expect(sent).toEqual([])
  })

  it('sets in one command, with expiry and condition (Redis, SET)', async () => {
    const { store, sent } = answering(() => 'OK')
    await store.set('k', 'v', MINUTE)
    await store.add('k', 'v', MINUTE)
    const place = expect.stringMatching(/^gatewarden:/)
    expect(sent).toEqual([
      ['set', place, 'v', 'EX', '60'],
      ['set', place, 'v', 'EX', '60', 'NX'],
    ])
  })
})

describe('a client in a strange mode', () => {
  it.each([undefined, 0, 7, true, ['v'], {}, Buffer.from('v')])(
    'is never understood as "nothing there": %j for a text rejects (ours)',
    async (reply) => {
      await expect(answering(() => reply).store.get('k')).rejects.toThrow(/^Redis answered GET with/)
    },
  )

  it.each([undefined, 'QUEUED', 1, true, ['OK'], {}])(
    'is never understood as "done": %j rejects (ours)',
    async (reply) => {
      const { store } = answering(() => reply)
      await expect(store.set('k', 'v', MINUTE)).rejects.toThrow(/^Redis answered SET with/)
      await expect(store.add('k', 'v', MINUTE)).rejects.toThrow(/^Redis answered SET with/)
    },
  )

  it.each([undefined, null, 'QUEUED', {}])('has deleted nothing with %j: rejects (ours)', async (reply) => {
    await expect(answering(() => reply).store.delete('k')).rejects.toThrow(/^Redis answered DEL with/)
  })

  it('rejects where the client throws what is no error, in one line (ours)', async () => {
    const { store } = answering(() => {
      throw 'a\r\nb'
    })
    await expect(store.get('k')).rejects.toThrow(/^Redis did not GET: a\\u000d\\u000ab\. Look at/)
  })
})

describe('the deadline', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('leaves no timer behind an answer, nor behind a failure (ours)', async () => {
    vi.useFakeTimers()
    await answering(() => 'v').store.get('k')
    const failing = answering(() => {
      throw new Error('no')
    })
    await expect(failing.store.get('k')).rejects.toThrow()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ignores what is answered later, an error too (ours)', async () => {
    let fail = (_: Error): void => undefined
    const late = new Promise<never>((_, reject) => {
      fail = reject
    })
    await expect(answering(() => late).store.get('k')).rejects.toThrow(/within 100 ms/)
    fail(new Error('late'))
    // An unhandled rejection would fail the run, a turn later.
    await new Promise((turn) => setImmediate(turn))
  })

  it('calls off a command that waits in a queue of node-redis 5 or 6 (ours)', async () => {
    const aborted: (() => boolean | undefined)[] = []
    const client = {
      isOpen: true,
      sendCommand(_: string[], { abortSignal }: { abortSignal?: AbortSignal } = {}) {
        aborted.push(() => abortSignal?.aborted)
        return new Promise<never>(() => undefined)
      },
    }
    const asked = redisStore(client, { timeout: 5 }).get('k')
    expect(aborted[0]?.()).toBe(false)
    await expect(asked).rejects.toThrow(/within 5 ms/)
    expect(aborted[0]?.()).toBe(true)
  })
})
