import { describe, expect, it } from 'vitest'
import { noKeys } from '../../src/keys/none.ts'
import { createResourceServer } from '../../src/resource-server.ts'
import { AUDIENCE, bearer, outcome, part, request, verdictOf } from '../support.ts'
import { CLIENT_AUTH, introspecting } from './api.ts'

const world = introspecting()

describe('an opaque token', () => {
  it('is admitted where its issuer says that it is active (RFC 7662 §2.2)', async () => {
    const { issuer } = world
    const token = await issuer.opaqueToken({ scope: 'read:patients write:patients' })
    const decision = await world.api().authenticate(bearer(token))
    expect(decision).toMatchObject({
      ok: true,
      auth: {
        token,
        scheme: 'Bearer',
        issuer: issuer.issuer,
        subject: 'user-1',
        clientId: 'test-client',
        audience: [AUDIENCE],
        scopes: ['read:patients', 'write:patients'],
        header: { alg: '' },
      },
    })
    expect(decision.ok && Object.isFrozen(decision.auth?.claims)).toBe(true)
  })

  it('is asked about in a form, with who asks and what for (RFC 7662 §2.1)', async () => {
    const { issuer } = world
    const token = await issuer.opaqueToken()
    expect(await outcome(world.api(), token)).toBe('admitted')
    const [asked] = issuer.requests.introspection
    expect(asked).toMatchObject({
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('my-api:s3cret').toString('base64')}`,
        accept: 'application/json',
        'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
      },
    })
    expect(new URLSearchParams(asked?.body)).toEqual(
      new URLSearchParams({ token, token_type_hint: 'access_token' }),
    )
  })

  it('is asked about at the address of the option, and no metadata is read for it (ours)', async () => {
    const { issuer } = world
    const server = world.api({ endpoint: issuer.introspectionEndpoint }, { keys: noKeys() })
    expect(await outcome(server, await issuer.opaqueToken())).toBe('admitted')
    expect(issuer.requests.discovery).toHaveLength(0)
  })

  it('is refused where nobody can be asked, as ever (WIRE-RULES 57)', async () => {
    const { issuer } = world
    const server = createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE }, world.clock)
    expect(await outcome(server, await issuer.opaqueToken())).toBe('401 opaque_token')
    expect(issuer.requests.introspection).toHaveLength(0)
  })

  it.each([
    ['is invented', async () => world.issuer.opaque(), '401 token_inactive'],
    ['was revoked', async () => revoked(), '401 token_inactive'],
    ['is for another API', () => opaque({ aud: 'https://other.test/' }), '401 audience_mismatch'],
    ['is for nobody in particular', () => opaque({ aud: undefined }), '401 audience_mismatch'],
    ['is of another issuer, says its issuer', () => opaque({ iss: 'https://x.test/' }), '401 issuer_unknown'],
    ['comes from the future', () => opaque({ iat: seconds() + 60 }), '401 issued_in_future'],
    ['is bound to a key', () => opaque({ cnf: { jkt: 'x' } }), '401 bound_token'],
    ['is bound by its type', () => opaque({ token_type: 'DPoP' }), '401 bound_token'],
    ['is a refresh token (Hydra)', () => opaque({ token_use: 'refresh_token' }), '401 refresh_token'],
    ['is a refresh token (Keycloak)', () => opaque({ typ: 'Refresh' }), '401 refresh_token'],
    ['is of another type', () => opaque({ token_type: 'refresh_token' }), '401 other_token_type'],
    ['names two clients', () => opaque({ client_id: 'a', azp: 'b' }), '401 client_ambiguous'],
    ['has an exp that is a text', () => opaque({ exp: '9999999999' }), '401 claim_malformed'],
    ['has a broken act', () => opaque({ act: 'somebody' }), '401 claim_malformed'],
  ])('is refused where it %s (WIRE-RULES 54, 55)', async (_, token, expected) => {
    expect(await outcome(world.api(), await token())).toBe(expected)
  })

  it('is refused once it has expired, whatever is remembered (WIRE-RULES 56)', async () => {
    const server = world.api({ cache: { ttl: 3600 } })
    const token = await world.issuer.opaqueToken({ expiresIn: 60 })
    expect(await outcome(server, token)).toBe('admitted')
    world.clock.pass(66_000)
    expect(await outcome(server, token)).toBe('401 expired')
    expect(world.issuer.requests.introspection).toHaveLength(1)
  })

  it('is refused where it is active, and not valid yet all the same (WIRE-RULES 55)', async () => {
    const { issuer } = world
    issuer.behave({
      introspection: {
        body: { active: true, aud: AUDIENCE, client_id: 'a', nbf: seconds() + 60, exp: seconds() + 600 },
      },
    })
    expect(await outcome(world.api(), await issuer.opaqueToken())).toBe('401 not_yet_valid')
  })

  it('is good for as long as the answer where the issuer names no end (RFC 7662 §2.2)', async () => {
    const server = world.api({ cache: { ttl: 30 } })
    const decision = await server.authenticate(bearer(await opaque({ exp: undefined })))
    const end = Math.ceil(world.clock.now() / 1000) + 30
    expect(decision).toMatchObject({ ok: true, auth: { expiresAt: end } })
  })

  it.each([
    ['holds characters that no token has', 'ä€'.repeat(3), '400 malformed_credentials'],
    ['is longer than any', 'a'.repeat(4097), '401 token_too_large'],
    ['has the beginning of a JWT', `${json({ alg: 'RS256' })}.cut`, '401 opaque_token'],
    [
      'looks like a JWT',
      `${json({ alg: 'RS256' })}.${json({ iss: 'https://x.test/' })}.AAAA`,
      '401 issuer_unknown',
    ],
    ['looks like an encrypted JWT', `${json({ alg: 'dir' })}.a.b.c.d`, '401 encrypted_token'],
  ])('is nobody asked about where it %s (WIRE-RULES 57)', async (_, token, expected) => {
    expect(await outcome(world.api(), token)).toBe(expected)
    expect(world.issuer.requests.introspection).toHaveLength(0)
  })

  it.each([
    ['a pattern', /^at_[a-z0-9]{8}$/g],
    ['a pattern that sticks to the beginning', /at_[a-z0-9]{8}$/y],
    ['a function', (token: string) => token.startsWith('at_')],
  ])('is asked about only where it looks as %s says (ours)', async (_, form) => {
    const server = world.api({ opaque: form })
    for (let i = 0; i < 3; i++) expect(await outcome(server, 'at_12ab34cd')).toBe('401 token_inactive')
    for (const other of ['garbage', 'xat_12ab34cd'])
      expect(await outcome(server, other)).toBe('401 opaque_token')
    expect(world.issuer.requests.introspection).toHaveLength(1)
    expect((await server.explain('garbage')).reason?.hint).toContain('`introspection.opaque`')
  })

  it('is held to the clients list and its caps (ours)', async () => {
    const clients = { 'test-client': { scopes: ['read:patients'] } }
    const server = world.api({}, { clients })
    const token = await world.issuer.opaqueToken({ scope: 'read:patients delete:all' })
    expect(await server.authenticate(bearer(token))).toMatchObject({ auth: { scopes: ['read:patients'] } })
    expect(await outcome(server, await opaque({ client_id: 'other' }))).toBe('403 client_not_allowed')
  })

  it('is judged by the same list where it comes in the field of a gateway (ours)', async () => {
    const server = world.api({}, { tokenHeader: 'x-token' })
    const token = await world.issuer.opaqueToken()
    expect(verdictOf(await server.authenticate(request([['x-token', token]])))).toBe('admitted')
  })

  it('is put to isRevoked as any token is (ours)', async () => {
    const seen: string[] = []
    const server = world.api({}, { isRevoked: ({ token }) => seen.push(token) > 1 })
    const token = await world.issuer.opaqueToken()
    expect(await outcome(server, token)).toBe('admitted')
    expect(await outcome(server, token)).toBe('401 revoked')
    expect(seen).toEqual([token, token])
  })

  it('is explained by what its issuer says of it (ours)', async () => {
    const { issuer } = world
    const server = world.api()
    const good = await server.explain(await issuer.opaqueToken())
    expect(good.admitted).toBe(true)
    expect(good.checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'credentials passed',
      'introspection passed',
      'claims passed',
      'type passed',
      'audience passed',
      'one client passed',
      'actor passed',
      'binding passed',
      'times passed',
      'client passed',
    ])
    expect(`${await server.explain(await opaque({ aud: 'https://other.test/' }))}`).toContain(
      'refused: audience_mismatch',
    )
    expect(`${await server.explain(await issuer.opaque())}`).toContain(
      'refused: token_inactive (this is an opaque token',
    )
  })
})

describe('an opaque token with a dot in it', () => {
  it('is asked about though its letters are those that a JWT begins with, and a JWT of a stranger never is (WIRE-RULES 57)', async () => {
    const { issuer } = world
    issuer.behave({ introspection: { body: { active: true, aud: AUDIENCE } } })
    const server = world.api()
    expect(await outcome(server, 'e_7rW.Zk2')).toBe('admitted')
    expect(await outcome(server, `${part(' {"alg":"ES256"}')}.${part('{"iss":"https://x.test/"}')}.YQ`)).toBe(
      '401 issuer_unknown',
    )
    expect(issuer.requests.introspection).toHaveLength(1)
  })
})

describe('an opaque token that a function of the options is asked about', () => {
  it('is explained where the function throws, as a request that is answered 500 (ours)', async () => {
    const opaque = () => {
      throw new Error('no such table')
    }
    const { admitted, checks } = await world.api({ opaque }).explain('at_1')
    expect(admitted).toBe(false)
    expect(checks.at(-1)).toMatchObject({ name: 'introspection', status: 'failed', actual: 'no such table' })
    await expect(world.api({ opaque }).authenticate(bearer('at_1'))).rejects.toThrow('no such table')
  })
})

describe('a JWT beside them', () => {
  it('is verified here, and nobody is asked (WIRE-RULES 57)', async () => {
    const server = world.api()
    expect(await outcome(server, await world.issuer.accessToken())).toBe('admitted')
    expect(await outcome(server, await world.issuer.idToken())).toMatch(/^401/)
    expect(world.issuer.requests.introspection).toHaveLength(0)
  })

  it('is refused by an API that has no keys of the issuer (ours)', async () => {
    const server = world.api({}, { keys: noKeys() })
    await server.ready()
    expect(await outcome(server, await world.issuer.accessToken())).toBe('401 key_unknown')
    expect(await outcome(server, await world.issuer.opaqueToken())).toBe('admitted')
    expect(server.state()).toMatchObject([{ ready: true, keys: 0 }])
  })
})

describe('an API of several issuers', () => {
  it('asks one of them about opaque tokens (ours)', async () => {
    const server = world.api(
      {},
      {
        issuer: [
          { issuer: world.issuer.issuer, introspection: { clientAuth: CLIENT_AUTH } },
          'https://other.test/',
        ],
        introspection: undefined,
      },
    )
    expect(await outcome(server, await world.issuer.opaqueToken())).toBe('admitted')
  })

  it('cannot be made where two would be asked: a token must not be shown to a stranger (ours)', () => {
    const asked = (issuer: string, when?: 'jwt' | 'always') => ({
      issuer,
      introspection: { clientAuth: CLIENT_AUTH, ...(when && { when }) },
    })
    const make = (...issuers: ReturnType<typeof asked>[]) =>
      createResourceServer({ issuer: issuers, audience: AUDIENCE }, world.clock)
    expect(() => make(asked('https://a.test/'), asked('https://b.test/'))).toThrow(/shown to a stranger/)
    expect(() => make(asked('https://a.test/'), asked('https://b.test/', 'always'))).toThrow(/stranger/)
    expect(() => make(asked('https://a.test/'), asked('https://b.test/', 'jwt'))).not.toThrow()
  })
})

const opaque = (claims: Record<string, unknown>) => world.issuer.opaqueToken({ claims })
const seconds = () => Math.floor(world.clock.now() / 1000)
const json = (members: object) => part(JSON.stringify(members))
async function revoked(): Promise<string> {
  const token = await world.issuer.opaqueToken()
  world.issuer.revoke(token)
  return token
}
