import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { ClientAuth, ClientRequest } from '../../src/introspection/client-auth.ts'
import type { IntrospectionOptions } from '../../src/introspection/options.ts'
import { createResourceServer } from '../../src/resource-server.ts'
import { AUDIENCE, bearer, outcome } from '../support.ts'
import { CLIENT_AUTH, introspecting } from './api.ts'

const world = introspecting()
const asked = () => world.issuer.requests.introspection.length

describe('a JWT of an issuer that is asked about each token', () => {
  it.each(['always', 'jwt'] as const)(
    'is verified here, then asked about, with `when: %s` (RFC 7662 §4)',
    async (when) => {
      const server = world.api({ when })
      const token = await world.issuer.accessToken()
      expect(await outcome(server, token)).toBe('admitted')
      expect(asked()).toBe(1)
    },
  )

  it('is refused within the ttl of its revocation, though it is sound (RFC 7009 §2)', async () => {
    const server = world.api({ when: 'always', cache: { ttl: 10 } })
    const token = await world.issuer.accessToken()
    for (let i = 0; i < 4; i++) expect(await outcome(server, token)).toBe('admitted')
    world.issuer.revoke(token)
    world.clock.pass(10_000)
    expect(await outcome(server, token)).toBe('401 token_inactive')
  })

  it.each([
    ['is forged', () => world.issuer.accessToken({ key: stranger() }), '401 signature_invalid'],
    ['has expired', () => world.issuer.accessToken({ expiresIn: -60 }), '401 expired'],
    [
      'is for another API',
      () => world.issuer.accessToken({ audience: 'https://x.test/' }),
      '401 audience_mismatch',
    ],
    ['is an ID token', () => world.issuer.idToken({ audience: AUDIENCE } as never), /^401/],
    [
      'is of another issuer',
      () => world.issuer.accessToken({ claims: { iss: 'https://x.test/' } }),
      '401 issuer_unknown',
    ],
  ])('is nobody asked about where it %s (WIRE-RULES 57)', async (_, token, expected) => {
    expect(await outcome(world.api({ when: 'always' }), await token())).toMatch(expected)
    expect(asked()).toBe(0)
  })

  it('is what its issuer says now: fewer scopes count at once (RFC 7662 §2.2)', async () => {
    const server = world.api({ when: 'always' })
    const token = await world.issuer.accessToken({ scope: 'read:patients write:patients' })
    world.issuer.behave({ introspection: { body: { active: true, scope: 'read:patients' } } })
    expect(await server.authenticate(bearer(token))).toMatchObject({
      ok: true,
      auth: { scopes: ['read:patients'], header: { alg: 'ES256' }, subject: 'user-1' },
    })
  })

  it.each([
    ['has expired after all', { exp: 1 }, '401 expired'],
    ['is for another API', { aud: 'https://other.test/' }, '401 audience_mismatch'],
    ['is bound to a key', { cnf: { jkt: 'x' } }, '401 bound_token'],
    ['is bound by its type', { token_type: 'DPoP' }, '401 bound_token'],
    ['has a sub that is a number', { sub: 7 }, '503 introspection_unavailable'],
    ['is of another subject', { sub: 'somebody-else' }, '503 introspection_unavailable'],
    ['is of another client', { client_id: 'somebody-else' }, '503 introspection_unavailable'],
    ['is of another issuer', { iss: 'https://other.test/' }, '503 introspection_unavailable'],
    ['is another token', { jti: 'another' }, '503 introspection_unavailable'],
  ])('is refused where its issuer says that it %s (WIRE-RULES 55)', async (_, said, expected) => {
    world.issuer.behave({ introspection: { body: { active: true, ...said } } })
    expect(await outcome(world.api({ when: 'always' }), await world.issuer.accessToken())).toBe(expected)
  })

  it('has the scopes that its issuer names under another claim than it does, and ends when it says so itself (ours)', async () => {
    world.issuer.behave({ introspection: { body: { active: true, scp: ['read'], exp: 9_999_999_999 } } })
    const token = await world.issuer.accessToken({ scope: 'read write', expiresIn: 60 })
    const expiresAt = Math.floor(world.clock.now() / 1000) + 60
    expect(await world.api({ when: 'always' }).authenticate(bearer(token))).toMatchObject({
      auth: { scopes: ['read'], expiresAt },
    })
  })

  it.each(['azp', 'cid', 'appid'])(
    'is 503 where its issuer answers for another client than its %s (ours)',
    async (claim) => {
      const token = await world.issuer.accessToken({ claims: { client_id: undefined, [claim]: 'mine' } })
      for (const [said, expected] of [
        ['another', '503 introspection_unavailable'],
        ['mine', 'admitted'],
      ] as const) {
        world.issuer.behave({ introspection: { body: { active: true, client_id: said } } })
        expect(await outcome(world.api({ when: 'always' }), token)).toBe(expected)
      }
    },
  )

  it('is 503 where its issuer cannot be asked, for sound tokens only (WIRE-RULES 11)', async () => {
    const server = world.api({ when: 'always' })
    await server.ready()
    world.issuer.behave({ introspection: { status: 500 } })
    expect(await outcome(server, await world.issuer.accessToken())).toBe('503 introspection_unavailable')
    expect(await outcome(server, await world.issuer.accessToken({ expiresIn: -60 }))).toBe('401 expired')
  })

  it('is refused with its key though its issuer calls it active (ours)', async () => {
    const server = world.api({ when: 'always' })
    const token = await world.issuer.accessToken({ expiresIn: 100_000 })
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    await world.issuer.rotateKeys()
    world.clock.pass(8 * 60_000)
    await vi.waitFor(() => expect(world.issuer.requests.jwks).toHaveLength(2))
    await vi.waitFor(async () => expect(await outcome(server, token)).toBe('401 key_unknown'))
  })

  it('is explained with what its issuer says at the end (ours)', async () => {
    const server = world.api({ when: 'always' })
    const good = await server.explain(await world.issuer.accessToken())
    expect(good.admitted).toBe(true)
    expect(good.checks.at(-1)).toMatchObject({ name: 'introspection', status: 'passed' })
    const token = await world.issuer.accessToken()
    world.issuer.revoke(token)
    const revoked = await server.explain(token)
    expect(revoked).toMatchObject({ admitted: false, reason: { code: 'token_inactive' } })
    const forged = await server.explain(await world.issuer.accessToken({ key: stranger() }))
    expect(forged.checks.at(-1)).toMatchObject({ name: 'introspection', status: 'not reached' })
  })

  it('is asked about at its own issuer, of tenants too (ours)', async () => {
    const { issuer, clock } = world
    const tenant = (when: 'jwt' | 'opaque') =>
      createResourceServer(
        {
          issuer: (iss) => ({ issuer: iss, introspection: { clientAuth: CLIENT_AUTH, when } }),
          audience: AUDIENCE,
        },
        clock,
      )
    const token = await issuer.accessToken()
    const server = tenant('jwt')
    expect(await outcome(server, token)).toBe('admitted')
    expect(asked()).toBe(1)
    expect(await outcome(server, await issuer.opaqueToken())).toBe('401 opaque_token')
    const wrong = await tenant('opaque').authenticate(bearer(token))
    expect(wrong).toMatchObject({
      reason: { code: 'issuer_unavailable', actual: expect.stringContaining('name no tenant') },
    })
  })
})

describe('a JWT of a tenant that is to be asked from now on', () => {
  it('is asked about, however often it was admitted unasked (ours)', async () => {
    const { issuer, clock } = world
    let introspection: IntrospectionOptions | undefined
    const server = createResourceServer(
      { issuer: (iss) => ({ issuer: iss, introspection }), audience: AUDIENCE },
      clock,
    )
    const token = await issuer.accessToken({ expiresIn: 1000 })
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    introspection = { clientAuth: CLIENT_AUTH, when: 'jwt' }
    issuer.revoke(token)
    clock.pass(61_000)
    await vi.waitFor(async () => expect(await outcome(server, token)).toBe('401 token_inactive'))
  })
})

describe('a tenant that is asked with credentials of its own', () => {
  class Vault implements ClientAuth {
    readonly clientId = 'my-api'
    readonly #secret: string
    constructor(secret: string) {
      this.#secret = secret
    }
    authenticate({ form }: ClientRequest): void {
      form.set('client_secret', this.#secret)
    }
  }
  const secrets = () =>
    world.issuer.requests.introspection.map(({ body }) => new URLSearchParams(body).get('client_secret'))

  it('is asked with new ones once its function gives them, though they look alike (ours)', async () => {
    const { issuer, clock } = world
    let clientAuth = new Vault('old')
    const server = createResourceServer(
      {
        issuer: (iss) => ({ issuer: iss, introspection: { clientAuth, when: 'jwt', cache: false } }),
        audience: AUDIENCE,
      },
      clock,
    )
    const token = await issuer.accessToken({ expiresIn: 1000 })
    await outcome(server, token)
    clientAuth = new Vault('new')
    clock.pass(61_000)
    await vi.waitFor(async () => {
      expect(await outcome(server, token)).toBe('admitted')
      expect(secrets()[0]).toBe('old')
      expect(secrets().at(-1)).toBe('new')
    })
  })
})

describe('an opaque token beside them', () => {
  it('is asked about with `always`, and not with `jwt` (ours)', async () => {
    const token = await world.issuer.opaqueToken()
    expect(await outcome(world.api({ when: 'always' }), token)).toBe('admitted')
    expect(await outcome(world.api({ when: 'jwt' }), token)).toBe('401 opaque_token')
  })
})

const stranger = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
