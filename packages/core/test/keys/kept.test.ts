import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { optionsFromEnvironment } from '../../src/environment.ts'
import type { KeptKeys } from '../../src/keys/kept.ts'
import type { ResourceServerOptions } from '../../src/options.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, bearer, verdictOf } from '../support.ts'

const MINUTE = 60_000

let issuer: TestIssuer
let clock: TestClock
beforeEach(async () => {
  clock = new TestClock()
  issuer = await createTestIssuer({ algorithms: ['ES256', 'RS256'], audience: AUDIENCE })
  await issuer.listen()
})
afterEach(() => issuer.close())

function api(options: Partial<ResourceServerOptions> = {}, at: TestClock = clock): ResourceServer {
  return createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE, ...options }, at)
}
async function outcome(server: ResourceServer, token?: string): Promise<string> {
  const decision = await server.authenticate(bearer(token ?? (await issuer.accessToken())))
  return verdictOf(decision)
}
async function keptOnce(): Promise<KeptKeys> {
  const handed: KeptKeys[] = []
  await api({ onKeys: (keys) => handed.push(keys) }).ready()
  return JSON.parse(JSON.stringify(handed[0])) as KeptKeys
}

describe('onKeys', () => {
  it('is handed public keys, their issuer and the time, in plain JSON (RFC 7517 §5)', async () => {
    const { d, ...rest } = issuer.privateKey('ES256').export({ format: 'jwk' })
    issuer.behave({ jwks: { body: { keys: [{ ...rest, d, kid: 'leaked' }, null] } } })
    const kept = await keptOnce()
    expect(kept).toEqual({
      issuer: issuer.issuer,
      fetchedAt: Math.floor(clock.now() / 1000),
      keys: [{ kty: 'EC', crv: 'P-256', x: rest['x'], y: rest['y'], kid: 'leaked', alg: 'ES256' }],
    })
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('full')
      },
    ],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('that %s changes nothing for the caller (ours)', async (_, onKeys) => {
    expect(await outcome(api({ onKeys }))).toBe('admitted')
  })
})

describe('initialKeys', () => {
  it('admit at once, and ask nobody while they are young (ours)', async () => {
    const initialKeys = await keptOnce()
    issuer.resetRequests()
    const server = api({ initialKeys })
    await issuer.goDown()
    expect(await outcome(server)).toBe('admitted')
    expect([server.state()[0]?.stale, issuer.requests.jwks]).toEqual([false, []])
  })

  it('of both key types verify as the fetched ones do (RFC 7517 §4)', async () => {
    const initialKeys = await keptOnce()
    await issuer.goDown()
    const server = api({ initialKeys })
    for (const algorithm of ['ES256', 'RS256'] as const)
      expect(await outcome(server, await issuer.accessToken({ algorithm }))).toBe('admitted')
  })

  it.each<[string, number, string]>([
    ['a minute', MINUTE, 'admitted'],
    ['an hour', 60 * MINUTE, 'admitted'],
    ['seventy minutes', 70 * MINUTE, '503 keys_unavailable'],
    ['a year', 365 * 24 * 60 * MINUTE, '503 keys_unavailable'],
    ['minus one minute, by a clock that was ahead', -MINUTE, 'admitted'],
  ])(
    'that were fetched %s ago count as what they are while the issuer is down (ours)',
    async (_, age, expected) => {
      const initialKeys = await keptOnce()
      await issuer.goDown()
      const later = new TestClock(clock.now() + age)
      const token = await issuer.accessToken({ claims: { iat: undefined }, expiresIn: 400 * 86_400 })
      expect(await outcome(api({ initialKeys }, later), token)).toBe(expected)
    },
  )

  it('without a time serve until the issuer has answered, at most for an hour (ours)', async () => {
    const initialKeys = issuer.jwks()
    issuer.behave({ jwks: 'hang' })
    const server = api({ initialKeys })
    expect([await outcome(server), server.state()[0]?.stale]).toEqual(['admitted', true])
    issuer.restore()
    await vi.waitFor(() => expect(server.state()[0]?.stale).toBe(false))

    await issuer.goDown()
    const alone = api({ initialKeys })
    const token = await issuer.accessToken({ expiresIn: 100_000 })
    clock.pass(59 * MINUTE)
    expect(await outcome(alone, token)).toBe('admitted')
    clock.pass(MINUTE)
    expect(await outcome(alone, token)).toBe('503 keys_unavailable')
  })

  it('give way to what the issuer publishes: a key withdrawn since then is refused (RFC 7517 §4.5)', async () => {
    const initialKeys = issuer.jwks()
    const old = await issuer.accessToken()
    await issuer.rotateKeys()
    const server = api({ initialKeys })
    await vi.waitFor(() => expect(server.state()[0]?.stale).toBe(false))
    expect(await outcome(server, old)).toBe('401 key_unknown')
    expect(await outcome(server)).toBe('admitted')
  })

  it.each<[string, unknown, RegExp]>([
    ['a text', '{"keys":[]}', /not a JWK Set.*Pass what `onKeys` gave/s],
    ['an empty set', { keys: [] }, /without keys/],
    ['unusable keys', { keys: [{ kty: 'oct', k: 'AAAA' }] }, /no usable key/],
    ['the keys of another issuer', { issuer: 'https://other.test/', keys: [] }, /without keys|other/],
    ['a time that is none', { fetchedAt: 'yesterday', keys: 'real' }, /fetchedAt/],
  ])('that are %s are refused at boot (ours)', (_, given, message) => {
    const initialKeys =
      (given as KeptKeys).keys === ('real' as unknown) ? { ...(given as object), ...issuer.jwks() } : given
    expect(() => api({ initialKeys: initialKeys as KeptKeys })).toThrow(message)
  })

  it('of another issuer are refused at boot, by name (CVE-2025-59936)', () => {
    const initialKeys = { ...issuer.jwks(), issuer: 'https://other.test/' }
    expect(() => api({ initialKeys })).toThrow(/initialKeys.*keys of `https:\/\/other.test\/`/)
  })
})

describe('initialKeys as a store gives them', () => {
  it.each([null, undefined])('are none where it answers %s (ours)', async (initialKeys) => {
    expect(await outcome(api({ initialKeys }))).toBe('admitted')
    expect(issuer.requests.jwks).toHaveLength(1)
  })

  it('may be a list, of which that of the issuer is taken: presets of two issuers keep two (ours)', async () => {
    const kept = await keptOnce()
    issuer.resetRequests()
    const initialKeys = [{ ...kept, issuer: 'https://other.test/', keys: [] }, kept]
    expect(await outcome(api({ initialKeys }))).toBe('admitted')
    expect(issuer.requests.jwks).toHaveLength(0)
    expect(await outcome(api({ initialKeys: initialKeys.slice(0, 1) }))).toBe('admitted')
    expect(issuer.requests.jwks).toHaveLength(1)
  })

  it('of an issuer whose slash the environment has otherwise are those of the issuer (ours)', async () => {
    const kept = await keptOnce()
    const options = optionsFromEnvironment({ ISSUER_BASE_URL: `${issuer.issuer}/`, AUDIENCE })
    issuer.resetRequests()
    const server = createResourceServer({ ...options, initialKeys: kept }, clock)
    expect(await outcome(server)).toBe('admitted')
    expect(issuer.requests.jwks).toHaveLength(0)
  })

  it('with a time in milliseconds are refused at boot, and not young for ever (ours)', async () => {
    const kept = { ...(await keptOnce()), fetchedAt: clock.now() }
    expect(() => api({ initialKeys: kept })).toThrow(/fetchedAt.*seconds/)
  })
})
