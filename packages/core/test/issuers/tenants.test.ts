import { createPublicKey } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { IssuerFunction } from '../../src/issuers/tenants.ts'
import { secret } from '../../src/keys/secret.ts'
import { staticJwks } from '../../src/keys/static.ts'
import type { ResourceServerOptions } from '../../src/options.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, bearer, verdictOf } from '../support.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

let tenant: TestIssuer
let clock: TestClock
let asked: string[]
beforeEach(async () => {
  clock = new TestClock()
  asked = []
  tenant = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
  await tenant.listen()
})
afterEach(() => tenant.close())

function api(issuer: IssuerFunction, options: Partial<ResourceServerOptions> = {}): ResourceServer {
  const counting: IssuerFunction = (iss) => {
    asked.push(iss)
    return issuer(iss)
  }
  return createResourceServer({ issuer: counting, audience: AUDIENCE, ...options }, clock)
}
async function outcome(server: ResourceServer, token?: string): Promise<string> {
  const decision = await server.authenticate(
    bearer(token ?? (await tenant.accessToken({ expiresIn: 100_000 }))),
  )
  return verdictOf(decision)
}
const stranger = (n: number) => tenant.accessToken({ claims: { iss: `https://stranger-${n}.test/` } })
const known: IssuerFunction = (iss) => (iss === tenant.issuer ? iss : undefined)

describe('issuers that a function knows', () => {
  it.each<[string, IssuerFunction, string]>([
    ['by name', (iss) => iss, 'admitted'],
    ['by name, later', async (iss) => iss, 'admitted'],
    ['with options', (iss) => ({ issuer: iss, profile: 'rfc9068' }), 'admitted'],
    ['with keys', (iss) => ({ issuer: iss, keys: staticJwks(tenant.jwks()) }), 'admitted'],
    ['with another audience', (iss) => ({ issuer: iss, audience: 'urn:other' }), '401 audience_mismatch'],
    ['not at all', () => undefined, '401 issuer_unknown'],
    ['not at all, later', async () => undefined, '401 issuer_unknown'],
    ['under another name', () => 'https://another.test/', '503 issuer_unavailable'],
    ['with a mistake', () => ({ issuer: tenant.issuer, audiences: 'x' }) as never, '503 issuer_unavailable'],
    ['with something else', () => true as never, '503 issuer_unavailable'],
    [
      'by throwing',
      () => {
        throw new Error('the database is down')
      },
      '503 issuer_unavailable',
    ],
    ['by rejecting', () => Promise.reject(new Error('the database is down')), '503 issuer_unavailable'],
  ])('are answered for when it tells of them %s (RFC 9068 §4)', async (_, issuer, expected) => {
    expect(await outcome(api(issuer))).toBe(expected)
  })

  it('are asked about once for any number of tokens, and not again for a minute (ours)', async () => {
    const server = api(async (iss) => iss)
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(server)))
    clock.pass(59 * SECOND)
    expect(await outcome(server)).toBe('admitted')
    expect([new Set(outcomes), asked.length, tenant.requests.jwks.length]).toEqual([
      new Set(['admitted']),
      1,
      1,
    ])
  })

  it('are not asked about where iss is no string (RFC 7519 §4.1.1)', async () => {
    const server = api(known)
    for (const iss of [undefined, null, 5, [tenant.issuer], {}])
      expect(await outcome(server, await tenant.accessToken({ claims: { iss } }))).toBe('401 issuer_unknown')
    expect(asked).toEqual([])
  })

  it('that it refused are refused for ten seconds without asking (ours)', async () => {
    const server = api(known)
    const token = await stranger(1)
    for (let i = 0; i < 5; i++) expect(await outcome(server, token)).toBe('401 issuer_unknown')
    expect(asked).toHaveLength(1)
    clock.pass(10 * SECOND)
    await outcome(server, token)
    expect(asked).toHaveLength(2)
  })

  it('are asked about again in the background, and one that is no tenant any more is refused (ours)', async () => {
    let trusted = true
    const server = api(async (iss) => (trusted ? iss : undefined))
    expect(await outcome(server)).toBe('admitted')
    trusted = false
    clock.pass(MINUTE)
    await outcome(server)
    await vi.waitFor(async () => expect(await outcome(server)).toBe('401 issuer_unknown'))
  })

  it('keep their keys where nothing changed, and take new options where something did (ours)', async () => {
    let audience: string | undefined
    const server = api((iss) => (audience === undefined ? { issuer: iss } : { issuer: iss, audience }))
    expect(await outcome(server)).toBe('admitted')
    clock.pass(MINUTE)
    await outcome(server)
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(tenant.requests.jwks).toHaveLength(1)
    await setImmediate()
    audience = 'urn:other'
    clock.pass(MINUTE)
    await vi.waitFor(async () => expect(await outcome(server)).toBe('401 audience_mismatch'))
  })

  it('with a new secret do not go on with the old one, alike as the two look (ours)', async () => {
    const hs = await createTestIssuer({ algorithms: ['HS256'], audience: AUDIENCE })
    let keys = secret(hs.secret('HS256'))
    const server = api((iss) => ({ issuer: iss, keys }))
    expect(await outcome(server, await hs.accessToken())).toBe('admitted')
    keys = secret('another secret of thirty-two bytes, at least')
    clock.pass(MINUTE)
    await vi.waitFor(async () =>
      expect(await outcome(server, await hs.accessToken())).toBe('401 signature_invalid'),
    )
  })

  it('in use are admitted for an hour while the function fails, which is asked once a minute (ours)', async () => {
    let fails = false
    const server = api((iss) => (fails ? Promise.reject(new Error('down')) : iss))
    const token = await tenant.accessToken({ claims: { iat: undefined }, expiresIn: 100_000 })
    expect(await outcome(server, token)).toBe('admitted')
    fails = true
    for (let minute = 1; minute <= 60; minute++) {
      clock.pass(MINUTE)
      for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
      // A minute has room for what was begun to come to its end.
      await setImmediate()
    }
    expect(asked).toHaveLength(61)
    clock.pass(MINUTE)
    expect(await outcome(server, token)).toBe('503 issuer_unavailable')
  })

  it('and are not known within four seconds are answered 503, and nothing hangs (ours)', async () => {
    const deciding = outcome(api(() => new Promise(() => undefined)))
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    clock.pass(4 * SECOND)
    expect(await deciding).toBe('503 issuer_unavailable')
  })

  it.each<[string, IssuerFunction]>([
    ['refused', known],
    ['taken by their form', (iss) => iss],
  ])('are not driven out by any number of invented ones that are %s (ours)', async (_, issuer) => {
    const fetch = (url: string, init: RequestInit) =>
      url.startsWith(tenant.issuer) ? globalThis.fetch(url, init) : Promise.reject(new Error('no such host'))
    const server = api(issuer, { maxIssuers: 1, fetch })
    expect(await outcome(server)).toBe('admitted')
    for (let n = 0; n < 1500; n++) expect(await outcome(server, await stranger(n))).toMatch(/^(401|503)/)
    expect(await outcome(server)).toBe('admitted')
    expect(asked.filter((iss) => iss === tenant.issuer)).toHaveLength(1)
    expect(server.state().map(({ issuer: name }) => name)).toEqual([tenant.issuer])
    expect(tenant.requests.jwks).toHaveLength(1)
  })

  it('beyond the bound go by the longest time unused (ours)', async () => {
    const other = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
    await other.listen()
    try {
      const server = api((iss) => iss, { maxIssuers: 1 })
      expect(await outcome(server)).toBe('admitted')
      expect(await outcome(server, await other.accessToken())).toBe('admitted')
      expect(server.state().map(({ issuer: name }) => name)).toEqual([other.issuer])
      expect(await outcome(server)).toBe('admitted')
    } finally {
      await other.close()
    }
  })
})

describe('a function of issuers is refused at boot (ours)', () => {
  it.each<[string, Partial<ResourceServerOptions>, string]>([
    ['beside keys', { keys: secret('a secret of thirty-two bytes, at least') }, 'keys'],
    ['beside a jwksUri', { jwksUri: 'https://issuer.test/jwks' }, 'jwksUri'],
    ['beside initial keys', { initialKeys: { keys: [] } }, 'initialKeys'],
    ['with a bound of none', { maxIssuers: 0 }, 'maxIssuers'],
    ['with a bound that is no number', { maxIssuers: '500' as never }, 'maxIssuers'],
    ['with wrong options for all tenants', { algorithms: ['HS256'] }, 'algorithms'],
    ['without an audience or a realm', { audience: undefined }, 'realm'],
  ])('%s', (_, options, option) => {
    expect(() => api(known, options)).toThrow(expect.objectContaining({ option }))
  })

  it('a bound without such a function, too (ours)', () => {
    expect(() => createResourceServer({ issuer: tenant.issuer, audience: AUDIENCE, maxIssuers: 5 })).toThrow(
      /maxIssuers.*not a function/,
    )
  })
})

describe('a tenant whose record', () => {
  class Row {
    readonly issuer = tenant.issuer
    readonly clients = ['test-client']
  }

  it.each([
    ['plain', () => ({ issuer: tenant.issuer, clients: ['test-client'] })],
    ['of a class', () => new Row()],
  ])('(%s) is changed in place is judged by what it says now (ours)', async (_, make) => {
    const record = make()
    const server = api(() => record)
    expect(await outcome(server)).toBe('admitted')
    record.clients[0] = 'another'
    clock.pass(MINUTE)
    await vi.waitFor(async () => expect(await outcome(server)).toBe('403 client_not_allowed'))
  })

  it('changes while one of its tokens waits for keys is judged by the newer from then on (ours)', async () => {
    const key = createPublicKey({ key: tenant.publicJwk('ES256'), format: 'jwk' })
    let gate = Promise.resolve()
    let open = (): void => undefined
    const keys = () => gate.then(() => key)
    let audience = AUDIENCE
    const server = api((iss) => ({ issuer: iss, audience, keys }))
    expect(await outcome(server, await tenant.signedByStranger())).toBe('401 signature_invalid')
    clock.pass(MINUTE - 500)
    gate = new Promise((resolve) => {
      open = resolve
    })
    const token = await tenant.accessToken({ expiresIn: 100_000 })
    const early = outcome(server, token)
    audience = 'urn:other'
    clock.pass(1000)
    const late = outcome(server, token)
    await setImmediate()
    open()
    expect([await early, await late]).toEqual(['admitted', 'admitted'])
    expect(await outcome(server, token)).toBe('401 audience_mismatch')
  })
})
