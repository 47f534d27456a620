import { generateKeyPairSync } from 'node:crypto'
import type { KeptKeys } from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import { ask, decide, MINUTE, SECOND, Trial } from './trial.ts'

const stranger = (kid: string) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid,
})

describe('a key set with oddities', () => {
  it('of which one entry can be used does its work: the others are skipped (RFC 7517 §5)', async () => {
    await using trial = await Trial.begin()
    const good = trial.issuer.publicJwk('ES256')
    const keys = [
      null,
      5,
      'key',
      [],
      {},
      { kty: 'oct', k: 'AAAA', kid: good.kid },
      { kty: 'PQ', kid: 'x' },
      good,
    ]
    trial.issuer.behave({ jwks: { body: { keys } } })
    expect(await ask(trial.api(), await trial.token())).toBe('admitted')
  })

  it('that publishes private keys: they verify, and no private member is kept (RFC 7517 §9.2)', async () => {
    await using trial = await Trial.begin()
    const key = trial.issuer.privateKey('ES256').export({ format: 'jwk' })
    trial.issuer.behave({ jwks: { body: { keys: [{ ...key, kid: trial.issuer.kid('ES256') }] } } })
    const kept: KeptKeys[] = []
    const server = trial.api({ onKeys: (keys) => kept.push(keys) })
    expect(await ask(server, await trial.token())).toBe('admitted')
    expect(JSON.stringify(kept)).not.toContain(key.d)
  })

  it.each([
    [1, 'admitted'],
    [3, 'admitted'],
    [4, '401 signature_invalid'],
  ])('with %i other keys of the same kid before the right one (RFC 7517 §4.5)', async (others, expected) => {
    await using trial = await Trial.begin()
    const good = trial.issuer.publicJwk('ES256')
    const keys = [...Array.from({ length: others }, () => stranger(good.kid)), good]
    trial.issuer.behave({ jwks: { body: { keys } } })
    expect(await ask(trial.api(), await trial.token())).toBe(expected)
  })

  it.each([
    [0, 'admitted'],
    [3, 'admitted'],
    [4, '401 signature_invalid'],
  ])(
    'and a token without kid: %i other fitting keys before the right one (RFC 7515 §4.1.4)',
    async (others, expected) => {
      await using trial = await Trial.begin()
      const good = trial.issuer.publicJwk('ES256')
      const keys = [...Array.from({ length: others }, (_, n) => stranger(`other-${n}`)), good]
      trial.issuer.behave({ jwks: { body: { keys } } })
      expect(await ask(trial.api(), await trial.token({ kid: undefined }))).toBe(expected)
    },
  )

  it('as large as 100 MB costs under 20 MB (ARCHITECTURE, "Keys")', async () => {
    await using trial = await Trial.begin()
    const token = await trial.token()
    trial.issuer.behave({ jwks: { size: 100_000_000 } })
    const used = () => {
      const { heapUsed, arrayBuffers, external } = process.memoryUsage()
      return heapUsed + arrayBuffers + external
    }
    const before = used()
    let peak = before
    const watch = setInterval(() => {
      peak = Math.max(peak, used())
    }, 1)
    try {
      expect(await ask(trial.api(), token)).toBe('503 keys_unavailable')
      await new Promise((resolve) => setTimeout(resolve, 100))
    } finally {
      clearInterval(watch)
    }
    expect(peak - before).toBeLessThan(20_000_000)
  })
})

describe('metadata whose issuer differs (RFC 8414 §3.3)', () => {
  it.each([
    ['', /final slash only, so set `issuer` to the published one/],
    ['evil', /not "http/],
  ])('is refused, loudly, and its keys are never asked for: %j', async (change, says) => {
    await using trial = await Trial.begin()
    const issuer = change === '' ? `${trial.issuer.issuer}/` : `https://${change}.test/`
    trial.issuer.behave({ discovery: { metadata: { issuer } } })
    const decision = await decide(trial.api(), await trial.token())
    if (decision.ok) throw new TypeError('admitted')
    expect([decision.refusal.status, trial.upstream.jwks]).toEqual([503, 0])
    expect(decision.reason.actual).toMatch(says)
  })

  it('does not say which algorithms are allowed: those of metadata are for ID tokens (OpenID Connect Discovery §3)', async () => {
    await using trial = await Trial.begin()
    const metadata = { id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'] }
    trial.issuer.behave({ discovery: { metadata } })
    const server = trial.api()
    expect(await ask(server, await trial.token())).toBe('admitted')
    expect(await ask(server, await trial.issuer.unsigned())).toBe('401 algorithm_not_allowed')
  })
})

describe('a wall clock that jumps', () => {
  it.each([1, -1])('by %i day neither expires nor revives keys (ARCHITECTURE, "Keys")', async (days) => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    const token = await trial.token()
    await trial.issuer.goDown()
    trial.clock.jump(days * 24 * 60 * MINUTE)
    expect([await ask(server, token), server.state()[0]?.age]).toEqual(['admitted', 0])
    trial.clock.pass(71 * MINUTE)
    trial.clock.jump(-days * 24 * 60 * MINUTE)
    expect(await ask(server, token)).toBe('503 keys_unavailable')
  })
})

describe('requests in the meantime', () => {
  it('are answered while a renewal takes its time, without any wait (ARCHITECTURE, "Keys")', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    const token = await trial.token()
    trial.issuer.behave({ discovery: 'hang' })
    trial.clock.pass(8 * MINUTE)
    await trial.issuer.received('discovery', 2)
    const before = trial.clock.monotonic()
    for (let i = 0; i < 50; i++) expect(await ask(server, token)).toBe('admitted')
    expect(trial.clock.monotonic()).toBe(before)
    trial.clock.pass(4 * SECOND)
  })

  it('for an unknown key wait for a slow issuer until the deadline, and no longer (ARCHITECTURE, "Keys")', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    trial.issuer.behave({ jwks: 'hang' })
    const asking = ask(server, await trial.token({ kid: 'invented' }))
    await trial.issuer.received('jwks', 2)
    trial.clock.pass(4 * SECOND)
    expect(await asking).toBe('401 key_unknown')
  })
})
