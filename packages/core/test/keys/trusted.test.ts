import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { readJwkSet } from '../../src/keys/jwk-set.ts'
import type { KeySource } from '../../src/keys/key-source.ts'
import { KeyTransport } from '../../src/keys/loader.ts'
import { staticJwks } from '../../src/keys/static.ts'
import type { ResourceServerOptions } from '../../src/options.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, bearer, outcome, verdictOf } from '../support.ts'

const MINUTE = 60_000
let issuer: TestIssuer
let clock: TestClock
let token: string
beforeEach(async () => {
  clock = new TestClock()
  issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE, clock: clock.now })
  await issuer.listen()
  token = await issuer.accessToken({ expiresIn: 100_000 })
})
afterEach(() => issuer.close())

const api = (options: Partial<ResourceServerOptions> = {}, runtime: object = clock): ResourceServer =>
  createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE, ...options }, runtime)

/** Of an admitted token. They are one object for as long as the token is not verified again. */
async function claimsIn(server: ResourceServer): Promise<unknown> {
  const decision = await server.authenticate(bearer(token))
  if (!decision.ok) throw new TypeError(decision.reason.code)
  return decision.auth?.claims
}
/** A token is remembered when it is verified a second time. */
async function remembered(server: ResourceServer): Promise<unknown> {
  await claimsIn(server)
  return claimsIn(server)
}

describe('a token that comes again', () => {
  it('is remembered though its first request had to wait for keys (ours)', async () => {
    const server = api()
    expect(await remembered(server)).toBe(await claimsIn(server))
  })

  it('is not verified again because its issuer published another key beside its own (RFC 7517 §5)', async () => {
    const server = api()
    await server.ready()
    const claims = await remembered(server)
    const { keys } = issuer.jwks()
    await issuer.rotateKeys()
    issuer.behave({ jwks: { body: { keys: [...issuer.jwks().keys, ...keys] } } })
    clock.pass(8 * MINUTE)
    await vi.waitFor(() => expect(issuer.requests.jwks).toHaveLength(2))
    const other = await issuer.accessToken({ expiresIn: 100_000 })
    await vi.waitFor(async () => expect(await outcome(server, other)).toBe('admitted'))
    expect(await claimsIn(server)).toBe(claims)
  })

  it('waits for an issuer that was not asked for a long time, as a new one does (ARCHITECTURE, "Keys")', async () => {
    // Timers of a process that is frozen do not go off.
    const server = api({}, { ...clock, after: () => () => undefined })
    await remembered(server)
    await issuer.rotateKeys()
    clock.pass(59 * MINUTE)
    const late = server.decide(bearer(token))
    expect(late).toBeInstanceOf(Promise)
    expect(verdictOf(await late)).toBe('401 key_unknown')
  })

  it('is refused once the issuer publishes another identifier, by a slash, than it did (RFC 8414 §3.3)', async () => {
    let published = issuer.issuer
    const set = readJwkSet(issuer.jwks())
    if (typeof set === 'string') throw new TypeError(set)
    const server = api({ keys: new KeyTransport(async () => ({ set, issuer: published })) })
    expect(await remembered(server)).toBe(await claimsIn(server))
    published = `${issuer.issuer}/`
    clock.pass(9 * MINUTE)
    await vi.waitFor(async () => expect(await outcome(server, token)).toBe('401 issuer_unknown'))
  })

  it('is told of each time, and once, where it is judged by keys past their time (ours)', async () => {
    const server = api()
    await server.ready()
    await issuer.goDown()
    clock.pass(30 * MINUTE)
    const claims = await remembered(server)
    const told = vi.fn()
    subscribe('gatewarden:keys:stale', told)
    onTestFinished(() => void unsubscribe('gatewarden:keys:stale', told))
    for (let i = 0; i < 3; i++) expect(await claimsIn(server)).toBe(claims)
    expect(told).toHaveBeenCalledTimes(3)
  })
})

describe('a source of keys of the application', () => {
  /** As somebody may write one, with keys at hand. */
  const sourceOf = (trusts?: KeySource['trusts']): KeySource => {
    const { family, find, ready } = staticJwks(issuer.jwks())
    return { family, find, ready, ...(trusts && { trusts }) }
  }

  it('has each token verified each time where it cannot tell whether a key is trusted (ours)', async () => {
    const server = api({ keys: sourceOf() })
    expect(await remembered(server)).not.toBe(await claimsIn(server))
  })

  it('is asked about the key of each token that comes again, which is verified once it says no (ours)', async () => {
    const trusts = vi.fn(() => true)
    const server = api({ keys: sourceOf(trusts) })
    const claims = await remembered(server)
    expect(trusts).not.toHaveBeenCalled()
    expect(await claimsIn(server)).toBe(claims)
    expect(trusts).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ algorithm: 'ES256', kid: issuer.kid('ES256') }),
      issuer.issuer,
    )
    trusts.mockReturnValue(false)
    expect(await claimsIn(server)).not.toBe(claims)
  })

  it('is asked for the key again where it throws when asked whether it trusts it (ours)', async () => {
    const trusts = vi.fn(() => {
      throw new Error('the vault is sealed')
    })
    const server = api({ keys: sourceOf(trusts) })
    expect(await remembered(server)).not.toBe(await claimsIn(server))
    expect(trusts).toHaveBeenCalled()
  })
})
