import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { Endpoint } from '../../src/upstream/endpoint.ts'
import type { Fetch } from '../../src/upstream/fetch.ts'
import { TestClock } from '../clock.ts'

const HOUR = 3_600_000
const issuer = 'https://issuer.test/'
const named =
  (url: string): Fetch =>
  async () =>
    Response.json({ issuer, introspection_endpoint: url })
const hanging: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

function endpoint(first: Fetch) {
  const clock = new TestClock()
  const fetch = vi.fn(first)
  const place = { issuer, match: 'exact', member: 'introspection_endpoint', fetch } as const
  return { clock, fetch, found: new Endpoint(place, { ...clock, fetchDeadline: 4000 }) }
}

describe('an address in the metadata', () => {
  it('is read again after an hour, while the one that is known serves (ours)', async () => {
    const { clock, fetch, found } = endpoint(named('https://issuer.test/old'))
    expect(await found.find()).toBe('https://issuer.test/old')
    fetch.mockImplementation(named('https://issuer.test/new'))
    clock.pass(HOUR)
    expect(found.find()).toBe('https://issuer.test/old')
    await setImmediate()
    expect(found.find()).toBe('https://issuer.test/new')
  })

  it('is read within a deadline though nobody waits, so that it can be read anew (ours)', async () => {
    const { clock, fetch, found } = endpoint(named('https://issuer.test/old'))
    await found.find()
    fetch.mockImplementation(hanging)
    clock.pass(HOUR)
    expect(found.find()).toBe('https://issuer.test/old')
    await setImmediate()
    clock.pass(4000)
    await setImmediate()
    fetch.mockImplementation(named('https://issuer.test/new'))
    clock.pass(HOUR)
    expect(found.find()).toBe('https://issuer.test/old')
    await setImmediate()
    expect(found.find()).toBe('https://issuer.test/new')
  })

  it('is read once a second at most where it cannot be had, by any number of tokens (ours)', async () => {
    const { clock, fetch, found } = endpoint(async () => new Response('', { status: 500 }))
    const ask = async () => found.find()
    for (let i = 0; i < 20; i++) await expect(ask()).rejects.toThrow('answered 500')
    expect(fetch).toHaveBeenCalledTimes(2)
    fetch.mockImplementation(named('https://issuer.test/introspect'))
    clock.pass(1000)
    expect(await ask()).toBe('https://issuer.test/introspect')
  })
})
