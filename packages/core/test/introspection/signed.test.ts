import { describe, expect, it } from 'vitest'
import { bearer, outcome } from '../support.ts'
import { introspecting } from './api.ts'

const world = introspecting()
const TYPE = 'application/token-introspection+jwt'

/** An issuer that answers with this instead of its own signed answer. */
async function answering(
  changes: Record<string, unknown>,
  header: Record<string, unknown> = {},
): Promise<void> {
  const { issuer } = world
  const payload = {
    iss: issuer.issuer,
    aud: 'my-api',
    iat: Math.floor(world.clock.now() / 1000),
    token_introspection: { active: true, aud: issuer.audience, sub: 'user-1', client_id: 'a' },
    ...changes,
  }
  const head = { alg: 'ES256', typ: 'token-introspection+jwt', kid: issuer.kid('ES256'), ...header }
  const body = await issuer.raw({ algorithm: 'ES256', header: head, payload })
  issuer.behave({ introspection: { body, contentType: TYPE } })
}

describe('a signed answer', () => {
  it('is asked for where only signed ones count, and admits (RFC 9701 §4, §5)', async () => {
    const { issuer } = world
    const decision = await world.api({ signed: true }).authenticate(bearer(await issuer.opaqueToken()))
    expect(decision).toMatchObject({ ok: true, auth: { subject: 'user-1' } })
    expect(issuer.requests.introspection[0]?.headers.accept).toBe(TYPE)
  })

  it('is missed where only signed ones count (RFC 9701 §8)', async () => {
    const { issuer } = world
    issuer.behave({ introspection: { body: { active: true, aud: issuer.audience } } })
    expect(await outcome(world.api({ signed: true }), await issuer.opaqueToken())).toBe(
      '503 introspection_unavailable',
    )
  })

  it('is verified where it comes unasked (RFC 9701 §5)', async () => {
    await answering({})
    expect(await outcome(world.api(), await world.issuer.opaqueToken())).toBe('admitted')
  })

  it('may name the API itself in aud (RFC 9701 §5)', async () => {
    await answering({ aud: ['https://else.test/', world.issuer.audience] })
    expect(await outcome(world.api(), await world.issuer.opaqueToken())).toBe('admitted')
  })

  it('that the token is not active counts (RFC 9701 §5)', async () => {
    await answering({ token_introspection: { active: false } })
    expect(await outcome(world.api(), await world.issuer.opaqueToken())).toBe('401 token_inactive')
  })

  it.each([
    ['of another type', {}, { typ: 'JWT' }],
    ['without a type', {}, { typ: undefined }],
    ['of another issuer', { iss: 'https://evil.test/' }, {}],
    ['for another API', { aud: 'somebody-else' }, {}],
    ['for nobody', { aud: undefined }, {}],
    ['of yesterday', { iat: 1 }, {}],
    ['without a time', { iat: undefined }, {}],
    ['without what it is about', { token_introspection: undefined }, {}],
    ['about a list', { token_introspection: [] }, {}],
    ['with alg none', {}, { alg: 'none' }],
    ['with a key that the issuer does not have', {}, { kid: 'other' }],
    ['that demands an extension', {}, { crit: ['exp'] }],
  ])('is of no use %s: 503 (RFC 9701 §5)', async (_, changes, header) => {
    await answering(changes, header)
    expect(await outcome(world.api(), await world.issuer.opaqueToken())).toBe('503 introspection_unavailable')
  })

  it('whose signature does not hold is of no use: 503 (RFC 9701 §5)', async () => {
    const { issuer } = world
    const header = { alg: 'ES256', typ: 'token-introspection+jwt', kid: issuer.kid('ES256') }
    const body = await issuer.raw({ header, payload: { iss: issuer.issuer }, signature: 'A'.repeat(86) })
    issuer.behave({ introspection: { body, contentType: TYPE } })
    expect(await outcome(world.api(), await issuer.opaqueToken())).toBe('503 introspection_unavailable')
  })

  it('is no access token (RFC 9701 §8.1)', async () => {
    const { issuer } = world
    const iat = Math.floor(world.clock.now() / 1000)
    const token = await issuer.raw({
      header: { alg: 'ES256', typ: 'token-introspection+jwt', kid: issuer.kid('ES256') },
      payload: {
        iss: issuer.issuer,
        aud: issuer.audience,
        iat,
        exp: iat + 600,
        token_introspection: { active: true },
      },
    })
    expect(await outcome(world.api(), token)).toBe('401 other_token_type')
  })
})
