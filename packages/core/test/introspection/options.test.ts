import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it } from 'vitest'
import { clientSecretBasic } from '../../src/introspection/client-auth.ts'
import { keycloak } from '../../src/issuers/presets/keycloak.ts'
import { noKeys } from '../../src/keys/none.ts'
import { createResourceServer } from '../../src/resource-server.ts'
import { AUDIENCE, outcome } from '../support.ts'
import { introspecting } from './api.ts'

const clientAuth = clientSecretBasic('my-api', 'hunter2')
const make = (introspection: unknown, issuer: unknown = 'https://issuer.test/') =>
  createResourceServer({ issuer, audience: AUDIENCE, introspection } as never)

describe('the option introspection', () => {
  it.each([
    ['nothing but true', true, 'introspection', /not an object/],
    ['no client authentication', {}, 'introspection.clientAuth', /is missing/],
    [
      'a secret in its place',
      { clientAuth: 'hunter2' },
      'introspection.clientAuth',
      /no client authentication/,
    ],
    ['an option that does not exist', { clientAuth, url: 'x' }, 'introspection.url', /does not exist/],
    [
      'an address without TLS',
      { clientAuth, endpoint: 'http://a.test/i' },
      'introspection.endpoint',
      /https/,
    ],
    [
      'another word for when',
      { clientAuth, when: 'never' },
      'introspection.when',
      /Choose opaque or always or jwt/,
    ],
    ['a text for a pattern', { clientAuth, opaque: '^at_' }, 'introspection.opaque', /Give a pattern/],
    ['a cache that is true', { clientAuth, cache: true }, 'introspection.cache', /or false for none/],
    ['a ttl in milliseconds', { clientAuth, cache: { ttl: 600_000 } }, 'introspection.cache.ttl', /seconds/],
    [
      'no questions at all',
      { clientAuth, limits: { concurrent: 0 } },
      'introspection.limits.concurrent',
      /1 or more/,
    ],
    [
      'half a question',
      { clientAuth, limits: { perSecond: 0.5 } },
      'introspection.limits.perSecond',
      /whole/,
    ],
    ['a fetch that is none', { clientAuth, fetch: 'undici' }, 'introspection.fetch', /Give a function/],
    ['signed that is a text', { clientAuth, signed: 'yes' }, 'introspection.signed', /Choose true or false/],
  ])('refuses %s, and says what to write (ours)', (_, introspection, option, message) => {
    expect(() => make(introspection)).toThrow(expect.objectContaining({ option }))
    expect(() => make(introspection)).toThrow(message)
    expect(() => make(introspection)).not.toThrow(/hunter2/)
  })

  it('wants an address where the issuer has no metadata (ours)', () => {
    const issuer = {
      issuer: 'urn:issuer',
      jwksUri: 'https://issuer.test/jwks',
      introspection: { clientAuth },
    }
    expect(() => createResourceServer({ issuer, audience: AUDIENCE })).toThrow(
      /introspection.endpoint.*is missing/,
    )
  })

  it.each([
    ['a form of opaque tokens that nobody is asked about', { when: 'jwt', opaque: /^at_/ }, {}, '.opaque'],
    ['signed answers that nothing can verify', { signed: true }, { keys: noKeys() }, '.signed'],
    [
      'opaque tokens of whatever tenant',
      { endpoint: 'https://a.test/introspect' },
      { issuer: 'https://login.test/{tenantid}/', jwksUri: 'https://a.test/keys' },
      '',
    ],
  ])('refuses %s (ours)', (_, introspection, issuer, option) => {
    const entry = {
      issuer: 'https://issuer.test/',
      ...issuer,
      introspection: { clientAuth, ...introspection },
    }
    const create = () => createResourceServer({ issuer: [entry as never], audience: AUDIENCE })
    expect(create).toThrow(expect.objectContaining({ option: `issuer[0].introspection${option}` }))
  })

  it('belongs to one issuer: it cannot be said of several at once (ours)', () => {
    expect(() => make({ clientAuth }, ['https://a.test/', 'https://b.test/'])).toThrow(/cannot be shared/)
    expect(() => make({ clientAuth }, () => undefined)).toThrow(/cannot be shared/)
  })

  it('may stand in a preset (ours)', () => {
    const issuer = keycloak({
      url: 'https://sso.test',
      realm: 'r',
      introspection: { clientAuth, when: 'always' },
    })
    expect(() => createResourceServer({ issuer, audience: AUDIENCE })).not.toThrow()
  })
})

describe('what is told of questions', () => {
  const world = introspecting()

  it('is how they went, without token and credentials (ours)', async () => {
    const told: unknown[] = []
    const listen = (message: unknown) => told.push(message)
    subscribe('gatewarden:introspection', listen)
    const server = world.api({ limits: { perSecond: 3 } })
    const token = await world.issuer.opaqueToken()
    await outcome(server, token)
    await outcome(server, 'invented')
    world.issuer.behave({ introspection: { status: 500 } })
    await outcome(server, 'other')
    await outcome(server, 'one-too-many')
    unsubscribe('gatewarden:introspection', listen)
    const { issuer } = world.issuer
    expect(told).toMatchObject([
      { issuer, outcome: 'active', error: undefined },
      { issuer, outcome: 'inactive' },
      { issuer, outcome: 'failed', error: expect.stringContaining('answered 500') },
      { issuer, outcome: 'throttled', error: '3 questions in a second are enough' },
    ])
    expect(JSON.stringify(told)).not.toContain(token)
  })
})
