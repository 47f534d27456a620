import { describe, expect, it } from 'vitest'
import type { Fetch } from '../../src/upstream/fetch.ts'
import { bearer, outcome } from '../support.ts'
import { introspecting } from './api.ts'

const world = introspecting()
const asked = () => world.issuer.requests.introspection.length

describe('what an issuer said of a token', () => {
  it('is one question for a thousand requests at once (WIRE-RULES 56)', async () => {
    const server = world.api()
    const token = await world.issuer.opaqueToken()
    const verdicts = await Promise.all(Array.from({ length: 1000 }, () => outcome(server, token)))
    expect(new Set(verdicts)).toEqual(new Set(['admitted']))
    expect(asked()).toBe(1)
  })

  it('is answered at once while it counts, and asked again when it does no longer (WIRE-RULES 56)', async () => {
    const { clock } = world
    const server = world.api({ cache: { ttl: 30 } })
    const token = await world.issuer.opaqueToken()
    expect(await outcome(server, token)).toBe('admitted')
    expect(server.decide(bearer(token))).toMatchObject({ ok: true })
    clock.pass(29_999)
    expect(server.decide(bearer(token))).toMatchObject({ ok: true })
    world.issuer.revoke(token)
    clock.pass(1)
    expect(await outcome(server, token)).toBe('401 token_inactive')
    expect(asked()).toBe(2)
  })

  it('counts from when it was asked: an answer that was long on its way is no newer for it (ours)', async () => {
    const { issuer, clock } = world
    const slow: Fetch = async (url, init) => {
      const answer = await fetch(url, init)
      if (init.method === 'POST') clock.pass(3000)
      return answer
    }
    const server = world.api({ cache: { ttl: 10 }, fetch: slow })
    const token = await issuer.opaqueToken()
    expect(await outcome(server, token)).toBe('admitted')
    issuer.revoke(token)
    clock.pass(6999)
    expect(await outcome(server, token)).toBe('admitted')
    clock.pass(1)
    expect(await outcome(server, token)).toBe('401 token_inactive')
  })

  it('serves through an outage until its time is up, and then 503 (WIRE-RULES 11)', async () => {
    const { issuer, clock } = world
    const server = world.api()
    const token = await issuer.opaqueToken()
    await outcome(server, token)
    await issuer.goDown()
    clock.pass(59_999)
    expect(await outcome(server, token)).toBe('admitted')
    clock.pass(2)
    expect(await outcome(server, token)).toBe('503 introspection_unavailable')
    await issuer.comeBack()
    expect(await outcome(server, token)).toBe('admitted')
  })

  it('that it is not active, is asked again after five seconds (WIRE-RULES 56)', async () => {
    const server = world.api()
    const token = await world.issuer.opaque()
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('401 token_inactive')
    expect(asked()).toBe(1)
    world.clock.pass(5000)
    expect(await outcome(server, token)).toBe('401 token_inactive')
    expect(asked()).toBe(2)
  })

  it('is asked for each request where nothing is to be remembered (ours)', async () => {
    const server = world.api({ cache: false })
    const token = await world.issuer.opaqueToken()
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    expect(asked()).toBe(3)
  })

  it('is of that very token: another beginning, end or letter case is another token (CVE-2026-35039)', async () => {
    const server = world.api()
    const token = await world.issuer.opaqueToken()
    expect(await outcome(server, token)).toBe('admitted')
    for (const other of [`${token}a`, token.slice(1), token.toUpperCase(), token.slice(0, -1)])
      expect(await outcome(server, other)).toBe('401 token_inactive')
  })

  it('gives each request a context of its own, with the same claims (ours)', async () => {
    const server = world.api()
    const token = await world.issuer.opaqueToken()
    const [one, other] = [await server.authenticate(bearer(token)), await server.authenticate(bearer(token))]
    expect(one).toEqual(other)
    expect(one.ok && other.ok && one.auth !== other.auth).toBe(true)
  })

  it('drives no active token out where a flood of invented ones comes (WIRE-RULES 57)', async () => {
    const server = world.api({ cache: { max: 10 }, limits: { perSecond: 100_000 } })
    const token = await world.issuer.opaqueToken()
    await outcome(server, token)
    for (let i = 0; i < 50; i++) await outcome(server, `invented-${i}`)
    expect(asked()).toBe(51)
    expect(await outcome(server, token)).toBe('admitted')
    expect(asked()).toBe(51)
  })
})

describe('a flood of invented tokens', () => {
  it('does not become one at the issuer: beyond so many at a time, 503 (WIRE-RULES 57)', async () => {
    const server = world.api({ limits: { concurrent: 5 } })
    world.issuer.behave({ introspection: 'hang' })
    const verdicts = Promise.all(Array.from({ length: 20 }, (_, i) => outcome(server, `invented-${i}`)))
    await world.issuer.received('introspection', 5)
    world.issuer.restore()
    const refused = (await verdicts).filter((verdict) => verdict === '503 introspection_unavailable')
    expect(refused).toHaveLength(15)
    expect(asked()).toBe(5)
    expect(await outcome(server, await world.issuer.opaqueToken())).toBe('admitted')
  })

  it('is asked about so many times in a second, and then 503 until there is room again (WIRE-RULES 57)', async () => {
    const server = world.api({ limits: { perSecond: 10 } })
    const flood = async (): Promise<number> => {
      const before = asked()
      for (let i = 0; i < 15; i++) await outcome(server, `invented-${before}-${i}`)
      return asked() - before
    }
    expect(await flood()).toBe(10)
    expect(await flood()).toBe(0)
    world.clock.pass(500)
    expect(await flood()).toBe(5)
    world.clock.pass(60_000)
    expect(await flood()).toBe(10)
  })

  it('does not touch tokens that are known (ours)', async () => {
    const server = world.api({ limits: { perSecond: 1 } })
    const token = await world.issuer.opaqueToken()
    await outcome(server, token)
    for (let i = 0; i < 5; i++) await outcome(server, `invented-${i}`)
    expect(await outcome(server, token)).toBe('admitted')
  })

  it('keeps no JWT from being asked about that was verified here (ours)', async () => {
    const server = world.api({ when: 'always', limits: { perSecond: 5 } })
    await server.ready()
    for (let i = 0; i < 10; i++) await outcome(server, `invented-${i}`)
    expect(await outcome(server, 'one-more')).toBe('503 introspection_unavailable')
    expect(await outcome(server, await world.issuer.accessToken())).toBe('admitted')
  })
})
