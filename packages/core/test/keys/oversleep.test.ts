import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fromJwksClient } from '../../src/keys/jwks-rsa.ts'
import type { ResourceServerOptions } from '../../src/options.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, bearer, outcome } from '../support.ts'

const MINUTE = 60_000
let issuer: TestIssuer
let clock: TestClock
beforeEach(async () => {
  clock = new TestClock()
  issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE, clock: clock.now })
  await issuer.listen()
})
afterEach(() => issuer.close())

/** Timers of a process that is frozen, or of a tenant that nobody asks for, do not go off. */
const frozen = { now: () => clock.now(), monotonic: () => clock.monotonic(), after: () => () => undefined }
const api = (options: Partial<ResourceServerOptions> = {}, runtime: object = frozen): ResourceServer =>
  createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE, ...options }, runtime)
const long = () => issuer.accessToken({ expiresIn: 100_000 })

describe('keys past their time, where nothing failed', () => {
  it('do not admit a token of a key that was withdrawn meanwhile: the issuer is asked first (ARCHITECTURE, "Keys")', async () => {
    const server = api()
    const token = await long()
    expect(await outcome(server, token)).toBe('admitted')
    await issuer.rotateKeys()
    clock.pass(59 * MINUTE)
    expect(await outcome(server, token)).toBe('401 key_unknown')
    expect(await outcome(server, await long())).toBe('admitted')
  })

  it('serve where the issuer turns out to fail, and nobody waits a second time (ARCHITECTURE, "Keys")', async () => {
    const server = api()
    const token = await long()
    await server.ready()
    issuer.behave({ jwks: { status: 500 } })
    clock.pass(59 * MINUTE)
    expect(await outcome(server, token)).toBe('admitted')
    expect(server.decide(bearer(token))).toMatchObject({ ok: true })
  })
})

describe('a tenant in use', () => {
  it('keeps its keys where each answer of the function has new functions in it, as presets have (ours)', async () => {
    const server = api({
      issuer: (iss) => ({ issuer: iss, tokenKind: () => true, mapping: { roles: () => [] } }),
    })
    const token = await long()
    expect(await outcome(server, token)).toBe('admitted')
    issuer.behave({ jwks: 'reset', discovery: 'reset' })
    for (let i = 0; i < 4; i++) {
      clock.pass(2 * MINUTE)
      expect(await outcome(server, token)).toBe('admitted')
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(issuer.requests.jwks).toHaveLength(1)
  })

  it('whose tokens come in another field than the one that is read is refused with the reason (ours)', async () => {
    const server = api({ issuer: (iss) => ({ issuer: iss, tokenHeader: 'x-token' }) })
    const decision = await server.authenticate(bearer(await long()))
    expect(decision).toMatchObject({ ok: false, reason: { code: 'issuer_unavailable' } })
    expect(!decision.ok && `${decision.reason}`).toMatch(/tokenHeader/)
  })
})

describe('keys of an interceptor, while the issuer is down', () => {
  const clientWith = (own: TestIssuer, getKeys: () => Promise<unknown>) =>
    fromJwksClient(
      Object.assign({ getKeys }, { options: { getKeysInterceptor: async () => [own.publicJwk('ES256')] } }),
    )

  it('admit their own tokens, and all others are told to try again: 503, not 401 (ARCHITECTURE, "Keys")', async () => {
    const own = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE, clock: clock.now })
    await own.rotateKeys()
    let down = true
    const getKeys = async () => {
      if (down) throw new Error('connect ECONNREFUSED')
      return issuer.jwks().keys
    }
    const server = api({ keys: clientWith(own, getKeys) })
    const local = await own.accessToken({ claims: { iss: issuer.issuer } })
    expect(await outcome(server, local)).toBe('admitted')
    expect(await outcome(server, await long())).toBe('503 keys_unavailable')
    expect(server.state()).toMatchObject([
      { stale: true, lastError: expect.stringContaining('ECONNREFUSED') },
    ])
    down = false
    clock.pass(5000)
    await vi.waitFor(async () => expect(await outcome(server, await long())).toBe('admitted'))
    expect(await outcome(server, local)).toBe('admitted')
  })
})

describe('one request', () => {
  it('does not wait for a slow tenant function and then for a hanging issuer, one after the other (ours)', async () => {
    issuer.behave({ discovery: 'hang', jwks: 'hang' })
    let answer = (_: string): void => undefined
    const tenant = new Promise<string>((resolve) => {
      answer = resolve
    })
    const server = api({ issuer: () => tenant }, clock)
    const verdict = outcome(server, await long())
    clock.pass(3800)
    answer(issuer.issuer)
    await issuer.received('discovery')
    clock.pass(1000)
    expect(await verdict).toBe('503 keys_unavailable')
    expect(clock.monotonic()).toBeLessThan(5000)
  })
})
