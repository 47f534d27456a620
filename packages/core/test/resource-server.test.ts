import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../src/errors.ts'
import type { Guard } from '../src/guard.ts'
import { staticJwks } from '../src/keys/static.ts'
import type { ResourceServerOptions } from '../src/options.ts'
import { Reason } from '../src/reason.ts'
import { authorizeRequest, getAuth, setAuth } from '../src/request-state.ts'
import { createResourceServer, type Decision, type ResourceServer } from '../src/resource-server.ts'
import type { AuthContext } from '../src/token/context.ts'
import { AUDIENCE, bearer, NOW, request } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE, clock: () => NOW * 1000 })
})

const api = (options: Partial<ResourceServerOptions> = {}, milliseconds = NOW * 1000): ResourceServer =>
  createResourceServer(
    { issuer: issuer.issuer, audience: AUDIENCE, keys: staticJwks(issuer.jwks()), ...options },
    { now: () => milliseconds },
  )
const reason = (decision: Decision): Reason => {
  if (decision.ok) throw new TypeError('admitted')
  return decision.reason
}
async function caller(server = api()): Promise<AuthContext> {
  const decision = await server.authenticate(bearer(await issuer.accessToken({ scope: 'read:a' })))
  if (!decision.ok || decision.auth === undefined) throw new TypeError('refused')
  return decision.auth
}
const node = () => ({ method: 'GET', url: '/', rawHeaders: [] })

describe('authenticate', () => {
  it('judges time by the injected clock, in milliseconds (RFC 7519 §4.1.4)', async () => {
    const token = await issuer.accessToken({ claims: { exp: NOW } })
    const at = async (milliseconds: number) => (await api({}, milliseconds).authenticate(bearer(token))).ok
    expect(await at((NOW + 4) * 1000 + 999)).toBe(true)
    expect(await at((NOW + 5) * 1000)).toBe(false)
  })

  it('answers 503 and not 401 where a source of keys throws, rejects or throws what is no error (ours)', async () => {
    const failures: readonly (() => never | Promise<never>)[] = [
      () => {
        throw new TypeError('broken\r\nX: y')
      },
      () => Promise.reject(new Error('down')),
      () => Promise.reject('text'),
      () => Promise.reject(undefined),
    ]
    for (const find of failures) {
      const server = api({ keys: { family: 'asymmetric', find, ready: () => Promise.resolve() } })
      const decision = await server.authenticate(bearer(await issuer.accessToken()))
      expect(reason(decision).code).toBe('keys_unavailable')
    }
  })

  it.each([
    ['an array', ['https://issuer.test/', 'https://evil.test/']],
    ['an array of one', ['https://issuer.test/']],
    ['an object', { 0: 'https://issuer.test/' }],
    ['null', null],
    ['left out', undefined],
    ['without its slash', 'https://issuer.test'],
  ])('refuses iss that is %s (CVE-2025-30144, RFC 9068 §4)', async (_, iss) => {
    const token = await issuer.accessToken({ claims: { iss } })
    expect(reason(await api().authenticate(bearer(token))).code).toBe('issuer_unknown')
  })

  it('lets a preflight through as anonymous where cors is on, and asks it for credentials else (Fetch)', async () => {
    const preflight = request(
      [
        ['origin', 'https://app.test'],
        ['access-control-request-method', 'GET'],
      ],
      '',
      'OPTIONS',
    )
    expect(await api({ cors: true }).authenticate(preflight)).toEqual({ ok: true, auth: undefined })
    expect(reason(await api().authenticate(preflight)).code).toBe('no_credentials')
  })

  it.each([
    ['on the list', ['test-client'], 'admitted'],
    ['in the object', { 'test-client': {} }, 'admitted'],
    ['not on the list', ['another'], 'client_not_allowed'],
    ['named like a member that every object has', ['constructor'], 'client_not_allowed'],
  ] as const)('judges a client %s (ours)', async (_, clients, expected) => {
    const decision = await api({ clients }).authenticate(bearer(await issuer.accessToken()))
    expect(decision.ok ? 'admitted' : decision.reason.code).toBe(expected)
  })

  it('refuses a token that names no client where there is a list (ours)', async () => {
    const token = await issuer.accessToken({ omit: ['client_id'] })
    const decision = await api({ clients: ['test-client'] }).authenticate(bearer(token))
    expect([reason(decision).code, decision.ok || decision.refusal.status]).toEqual([
      'client_not_allowed',
      403,
    ])
  })

  it('tells onRefusal of every refusal, and is not moved by what it does (ours)', async () => {
    const told: string[] = []
    const hooks: ResourceServerOptions['onRefusal'][] = [
      ({ code }) => told.push(code),
      () => {
        throw new TypeError('hook')
      },
      () => Promise.reject(new TypeError('hook')),
      () => true,
    ]
    for (const onRefusal of hooks)
      expect(reason(await api({ onRefusal }).authenticate(request([]))).code).toBe('no_credentials')
    expect(told).toEqual(['no_credentials'])
  })

  it('keeps callers apart that come at once (CVE-2026-25536)', async () => {
    const server = api()
    const subjects = Array.from({ length: 50 }, (_, index) => `user-${index}`)
    const seen = await Promise.all(
      subjects.map(async (subject) => {
        const decision = await server.authenticate(bearer(await issuer.accessToken({ subject })))
        return decision.ok ? decision.auth?.subject : undefined
      }),
    )
    expect(seen).toEqual(subjects)
  })
})

describe('authorize', () => {
  const yes: Guard = () => undefined
  const no: Guard = () => new Reason('scope_missing', { scope: ['read:a', 'x'] })

  it('lets through whom the guard lets through, and refuses whom it denies (RFC 6750 §3.1)', async () => {
    const auth = await caller()
    expect(api().authorize(auth, yes, bearer(''))).toEqual({ ok: true, auth })
    const decision = api().authorize(auth, no, bearer(''))
    expect(decision.ok || decision.refusal.status).toBe(403)
  })

  it('asks an anonymous caller for credentials, whatever the guard says (RFC 6750 §3.1)', () => {
    for (const guard of [yes, no]) {
      const decision = api().authorize(undefined, guard, bearer(''))
      expect(reason(decision).code).toBe('no_credentials')
      expect(decision.ok || decision.refusal.headers['www-authenticate']).not.toContain('error')
    }
  })

  it.each<[string, unknown]>([
    ['a promise', Promise.resolve(undefined)],
    ['true', true],
    ['false', false],
    ['null', null],
    ['a text', 'denied'],
    ['an object', { code: 'guard_denied' }],
    ['a reason that is no denial', new Reason('expired')],
    ['a reason that asks to try again', new Reason('keys_unavailable')],
  ])('throws where a guard answers %s, and lets nobody pass (ours)', async (_, answer) => {
    const auth = await caller()
    expect(() => api().authorize(auth, (() => answer) as unknown as Guard, bearer(''))).toThrow(UsageError)
  })

  it('explains scopes of the catalogue to the operator, and to nobody else (ours)', async () => {
    const server = api({ scopes: { 'read:a': 'See a' } as Record<string, string> })
    const decision = server.authorize(await caller(server), no, bearer(''))
    expect(reason(decision).hint).toMatch(/Needed: read:a \(See a\)/)
    expect(JSON.stringify(decision.ok || decision.refusal)).not.toContain('See a')
  })
})

describe('a request that was judged', () => {
  it('gives the caller back, and holds it to guards (ours)', async () => {
    const server = api()
    const auth = await caller(server)
    const incoming = node()
    setAuth(incoming, server, auth)
    expect(getAuth(incoming)).toBe(auth)
    expect(authorizeRequest(incoming, () => undefined)).toEqual({ ok: true, auth })
  })

  it('shows its caller to no one who lists or copies its members (ours)', async () => {
    const incoming = node()
    setAuth(incoming, api(), await caller())
    expect(Object.keys(incoming)).toEqual(['method', 'url', 'rawHeaders'])
    expect(() => getAuth({ ...incoming })).toThrow(UsageError)
  })

  it('has the last verdict that was noted (ours)', async () => {
    const server = api()
    const incoming = node()
    setAuth(incoming, server, await caller(server))
    setAuth(incoming, server, undefined)
    expect(() => getAuth(incoming)).toThrow(/without credentials/)
    expect(reason(authorizeRequest(incoming, () => undefined)).code).toBe('no_credentials')
  })

  it('is a mistake that is named, where nobody judged it: never a pass (ours)', () => {
    expect(() => getAuth(node())).toThrow(/requireJwt\(\)/)
    expect(() => authorizeRequest(node(), () => undefined)).toThrow(UsageError)
  })
})
