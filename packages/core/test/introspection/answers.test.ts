import { inspect } from 'node:util'
import type { TestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { AUDIENCE, bearer, outcome, verdictOf } from '../support.ts'
import { introspecting } from './api.ts'

const world = introspecting()
type Behaviour = Parameters<TestIssuer['behave']>[0]['introspection']

const USELESS: readonly (readonly [string, Behaviour])[] = [
  ['500', { status: 500 }],
  ['204', { status: 204 }],
  ['400', { status: 400, body: { error: 'invalid_request' } }],
  ['401, since it does not know the API', { status: 401, body: { error: 'invalid_client' } }],
  ['403', { status: 403 }],
  ['429', { status: 429 }],
  ['with a page', { body: '<html><body>Welcome</body></html>', contentType: 'text/html' }],
  ['with nothing', { body: '' }],
  ['null', { body: 'null' }],
  ['a list', { body: '[{"active":true}]' }],
  ['true', { body: 'true' }],
  ['with active twice', { body: '{"active":false,"active":true}' }],
  ['with bytes that are no UTF-8', { body: Buffer.from('{"active":true,"sub":"\xff"}', 'latin1') }],
  ['with 10 MB', { size: 10_000_000 }],
  ['without end', { size: Number.POSITIVE_INFINITY }],
  ['with a redirect', { redirectTo: 'https://evil.test/introspect' }],
  ['by cutting the connection', 'reset'],
  ['half, and cuts the connection', { cut: 10 }],
  [
    'with a signed answer that is none',
    { body: 'a.b.c', contentType: 'application/token-introspection+jwt' },
  ],
]

describe('an issuer that is asked about a token', () => {
  it.each(USELESS)(
    'makes 503, and never 401, where it answers %s; and is asked again (WIRE-RULES 11, 54)',
    async (_, behaviour) => {
      const { issuer } = world
      const server = world.api()
      const token = await issuer.opaqueToken()
      issuer.behave({ introspection: behaviour ?? 'ok' })
      const decision = await server.authenticate(bearer(token))
      expect(decision).toMatchObject({
        ok: false,
        refusal: { status: 503, headers: { 'retry-after': '5' } },
        reason: { code: 'introspection_unavailable' },
      })
      expect(decision.ok ? {} : decision.refusal.headers).not.toHaveProperty('www-authenticate')
      issuer.restore()
      expect(await outcome(server, token)).toBe('admitted')
    },
  )

  it.each([
    ['the text "true"', '"true"'],
    ['1', '1'],
    ['null', 'null'],
    ['a list', '[true]'],
    ['an object', '{}'],
  ])('admits nobody where active is %s (WIRE-RULES 54)', async (_, active) => {
    const server = world.api()
    world.issuer.behave({
      introspection: { body: `{"active":${active},"aud":"https://api.test/","sub":"a"}` },
    })
    expect(await outcome(server, await world.issuer.opaqueToken())).toBe('401 token_inactive')
  })

  it('admits nobody where active is missing (WIRE-RULES 54)', async () => {
    world.issuer.behave({ introspection: { body: '{"sub":"a"}' } })
    expect(await outcome(world.api(), await world.issuer.opaqueToken())).toBe('401 token_inactive')
  })

  it.each([
    ['jti', 'admitted'],
    ['access_token', 'admitted'],
    ['iss', '401 issuer_unknown'],
    ['token_type', '401 other_token_type'],
    ['cnf', '401 bound_token'],
    ['active', '401 token_inactive'],
  ])('may name the token itself in %s, and it is told to nobody (ours)', async (name, expected) => {
    const token = 'at_secret'
    world.issuer.behave({ introspection: { body: { active: true, aud: AUDIENCE, [name]: token } } })
    const server = world.api()
    const decision = await server.authenticate(bearer(token))
    const explained = await server.explain(token)
    expect(verdictOf(decision)).toBe(expected)
    expect(inspect([decision, explained], { depth: null }) + JSON.stringify(explained)).not.toContain(token)
  })

  it('tells the operator that it is the API itself that it does not know (ours)', async () => {
    world.issuer.behave({ introspection: { status: 401 } })
    const decision = await world.api().authenticate(bearer(await world.issuer.opaqueToken()))
    expect(decision).toMatchObject({ reason: { hint: expect.stringContaining('`clientAuth`') } })
  })

  it.each([
    ['hangs', 'hang' as const],
    ['drips', { drip: { bytes: 1, everyMs: 50 } }],
  ])('makes 503 after its deadline where it %s (WIRE-RULES 11)', async (_, behaviour) => {
    const { issuer, clock } = world
    const server = world.api()
    issuer.behave({ introspection: behaviour })
    const token = await issuer.opaqueToken()
    const verdict = outcome(server, token)
    await issuer.received('introspection')
    clock.pass(4000)
    expect(await verdict).toBe('503 introspection_unavailable')
    issuer.restore()
    expect(await outcome(server, token)).toBe('admitted')
  })

  it('makes 503 where its metadata names no place to ask, or one that may not be asked (ours)', async () => {
    const { issuer } = world
    for (const address of [undefined, 'http://issuer.example/introspect', 'file:///etc/passwd', 7]) {
      issuer.behave({ discovery: { metadata: { introspection_endpoint: address } } })
      expect(await outcome(world.api(), await issuer.opaqueToken())).toBe('503 introspection_unavailable')
    }
    expect(issuer.requests.introspection).toHaveLength(0)
  })

  it('is left alone for as long as it asks to be (RFC 9110 §10.2.3)', async () => {
    const { issuer, clock } = world
    const server = world.api()
    issuer.behave({ introspection: { status: 429, headers: { 'retry-after': '3' } } })
    expect(await outcome(server, await issuer.opaqueToken())).toBe('503 introspection_unavailable')
    issuer.restore()
    issuer.resetRequests()
    expect(await outcome(server, await issuer.opaqueToken())).toBe('503 introspection_unavailable')
    expect(issuer.requests.introspection).toHaveLength(0)
    clock.pass(3001)
    expect(await outcome(server, await issuer.opaqueToken())).toBe('admitted')
  })

  it('puts no byte of the token or of its answer on the wire (ours)', async () => {
    const { issuer } = world
    const token = await issuer.opaqueToken()
    issuer.behave({ introspection: { status: 500, body: 'upstream says hello' } })
    const decision = await world.api().authenticate(bearer(token))
    const said = JSON.stringify(decision)
    expect(said).not.toContain(token)
    expect(said).not.toContain('hello')
    expect(said).not.toContain('s3cret')
  })
})
