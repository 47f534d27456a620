import { describe, expect, it } from 'vitest'
import { ask, MINUTE, SECOND, Trial } from './trial.ts'

const unknown = (trial: Trial, n: number) => trial.token({ kid: `invented-${n}` })

describe('a rotation at the issuer', () => {
  it('just after a fetch: the new key is taken at once, by one fetch (RFC 7517 §4.5)', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    await trial.issuer.rotateKeys()
    const tokens = await Promise.all(Array.from({ length: 20 }, () => trial.token()))
    const outcomes = await Promise.all(tokens.map((token) => ask(server, token)))
    expect([new Set(outcomes), trial.clock.monotonic(), trial.upstream.jwks]).toEqual([
      new Set(['admitted']),
      0,
      2,
    ])
  })

  it('that withdraws a key: it is refused after the next renewal, at most ten minutes later (RFC 7517 §4.5)', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    const old = await trial.token()
    await trial.issuer.rotateKeys()
    trial.clock.pass(8 * MINUTE)
    await trial.settled()
    expect(await ask(server, old)).toBe('401 key_unknown')
  })

  it('that moves the key set: the new jwks_uri is followed at the next renewal (OpenID Connect Discovery §3)', async () => {
    await using trial = await Trial.begin()
    await using elsewhere = await Trial.begin()
    const server = trial.api()
    await server.ready()
    trial.issuer.behave({ discovery: { metadata: { jwks_uri: elsewhere.issuer.jwksUri } } })
    trial.clock.pass(8 * MINUTE)
    await trial.settled()
    const moved = await elsewhere.issuer.accessToken({
      claims: { iss: trial.issuer.issuer, iat: undefined },
      expiresIn: 86_400,
    })
    expect(await ask(server, moved)).toBe('admitted')
  })
})

describe('a flood of 10,000 invented key ids', () => {
  it('makes one fetch every five seconds, harms no valid user, and leaves nothing pending (CVE-2026-48524)', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    trial.issuer.resetRequests()
    const valid = await trial.token()
    // The same hundred over and over: what is remembered of one must not spare the next its judgment.
    const invented = await Promise.all(Array.from({ length: 100 }, (_, n) => unknown(trial, n)))
    for (let second = 0; second < 20; second++) {
      const flood = Array.from({ length: 500 }, (_, n) => ask(server, invented[n % 100] as string))
      expect(await ask(server, valid)).toBe('admitted')
      expect(new Set(await Promise.all(flood))).toEqual(new Set(['401 key_unknown']))
      trial.clock.pass(SECOND)
    }
    expect(trial.upstream.jwks).toBe(4)
  })

  it('keeps a new key out for five seconds at most (ARCHITECTURE, "Keys")', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    const invented = await Promise.all(Array.from({ length: 100 }, (_, n) => unknown(trial, n)))
    const flood = () => Promise.all(invented.map((token) => ask(server, token)))
    await flood()
    await trial.issuer.rotateKeys()
    const rotated = await trial.token()
    let waited = 0
    while ((await ask(server, rotated)) !== 'admitted') {
      await flood()
      trial.clock.pass(SECOND / 2)
      waited += SECOND / 2
    }
    expect(waited).toBeLessThanOrEqual(5 * SECOND)
    expect(trial.upstream.jwks).toBeLessThanOrEqual(3)
  })

  it('while the issuer fails: 401, one attempt at a time with growing pauses, and valid users pass (CVE-2026-48524)', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    const valid = await trial.token()
    const invented = await Promise.all(Array.from({ length: 100 }, (_, n) => unknown(trial, n)))
    trial.issuer.behave({ jwks: { status: 500 } })
    trial.issuer.resetRequests()
    for (let second = 0; second < 60; second++) {
      const outcomes = await Promise.all(invented.map((token) => ask(server, token)))
      expect(new Set(outcomes)).toEqual(new Set(['401 key_unknown']))
      expect(await ask(server, valid)).toBe('admitted')
      trial.clock.pass(SECOND)
    }
    expect(trial.upstream.jwks).toBeLessThanOrEqual(12)
  })
})

describe('a stampede', () => {
  it('of 1,000 cold requests makes one fetch (ARCHITECTURE, "Keys")', async () => {
    await using trial = await Trial.begin()
    const tokens = await Promise.all(Array.from({ length: 1000 }, () => trial.token()))
    const server = trial.api()
    const outcomes = await Promise.all(tokens.map((token) => ask(server, token)))
    expect([new Set(outcomes), trial.upstream]).toEqual([new Set(['admitted']), { discovery: 1, jwks: 1 }])
  })

  it('on keys that fell due makes one fetch, for which nobody waits (ARCHITECTURE, "Keys")', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    const token = await trial.token()
    trial.issuer.behave({ jwks: 'hang' })
    trial.clock.pass(8 * MINUTE)
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => ask(server, token)))
    expect(new Set(outcomes)).toEqual(new Set(['admitted']))
    await trial.issuer.received('jwks', 2)
    expect(trial.upstream.jwks).toBe(2)
  })
})
