import { createTestIssuer } from '@gatewarden/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { staticJwks } from '../../src/keys/static.ts'
import { Reason } from '../../src/reason.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { denyList } from '../../src/revocation/deny-list.ts'
import { memoryStore } from '../../src/stores/memory-store.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, bearer, ISSUER, outcome } from '../support.ts'
import { api, issuer, now, RSA } from './world.ts'

const jose = vi.hoisted(() => ({
  loaded: 0,
  decryptions: 0,
  answer: undefined as Promise<never> | undefined,
}))
vi.mock('jose/jwe/compact/decrypt', async (original) => {
  jose.loaded++
  const { compactDecrypt } = await original<typeof import('jose/jwe/compact/decrypt')>()
  const counted = (token: string, key: Parameters<typeof compactDecrypt>[1], options: object) => {
    jose.decryptions++
    return jose.answer ?? compactDecrypt(token, key as never, options)
  }
  return { compactDecrypt: counted }
})
beforeEach(() => {
  jose.decryptions = 0
  jose.answer = undefined
})
const sealed = (token: string) => issuer.encrypt(token, { key: RSA.publicKey })

describe('jose', () => {
  it('is not loaded without the option, nor asked anything (ours)', async () => {
    const server = api({ decryption: undefined })
    await server.ready()
    expect(await outcome(server, await issuer.accessToken())).toBe('admitted')
    expect(await outcome(server, await sealed(await issuer.accessToken()))).toBe('401 encrypted_token')
    expect([jose.loaded, jose.decryptions]).toEqual([0, 0])
  })

  it('is loaded at boot with it, so that no request waits for that (ours)', async () => {
    await api().ready()
    expect(jose.loaded).toBe(1)
  })

  it('is asked about no token that is refused by its form or its header (ours)', async () => {
    const server = api()
    const token = await sealed(await issuer.accessToken())
    const [, ...parts] = token.split('.')
    for (const text of ['a.b.c.d.e', '....', `${token}=`, `e30.${parts.join('.')}`, await issuer.encrypted()])
      expect(await outcome(server, text)).toMatch(/^40/)
    expect(jose.decryptions).toBe(0)
  })
})

describe('an encrypted token that comes again', () => {
  it('is decrypted twice, and from then on answered at once (ARCHITECTURE, "Speed")', async () => {
    const server = api()
    const token = await sealed(await issuer.accessToken())
    for (let i = 0; i < 5; i++) expect(await outcome(server, token)).toBe('admitted')
    expect(jose.decryptions).toBe(2)
    expect(server.decide(bearer(token))).toMatchObject({ ok: true, auth: { token, subject: 'user-1' } })
  })

  it('is decrypted each time where nothing is to be remembered (ours)', async () => {
    const server = api({ cache: false })
    const token = await sealed(await issuer.accessToken())
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    expect(jose.decryptions).toBe(3)
  })

  it('is decrypted each time where its issuer is asked for each time (ours)', async () => {
    const server = api({
      keys: async () =>
        (await import('node:crypto')).createPublicKey({ key: issuer.publicJwk(), format: 'jwk' }),
    })
    const token = await sealed(await issuer.accessToken())
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('admitted')
    expect(jose.decryptions).toBe(3)
  })

  it('is refused once it has expired, and once its key was withdrawn (RFC 7519 §4.1.4)', async () => {
    const clock = new TestClock()
    await using remote = await createTestIssuer({
      algorithms: ['ES256'],
      audience: AUDIENCE,
      clock: clock.now,
    })
    await remote.listen()
    const options = { issuer: remote.issuer, audience: AUDIENCE, decryption: { keys: [RSA.privateKey] } }
    const server = createResourceServer(options, clock)
    await server.ready()
    const [short, long] = [
      await remote.accessToken({ expiresIn: 60 }),
      await remote.accessToken({ expiresIn: 1e5 }),
    ]
    const [one, other] = [await sealed(short), await sealed(long)]
    for (let i = 0; i < 3; i++)
      for (const token of [one, other]) expect(await outcome(server, token)).toBe('admitted')
    expect(jose.decryptions).toBe(4)
    clock.pass(66_000)
    expect(await outcome(server, one)).toBe('401 expired')
    await remote.rotateKeys()
    clock.pass(8 * 60_000 - 66_000)
    await vi.waitFor(async () => expect(await outcome(server, other)).toBe('401 key_unknown'))
  })

  it('is looked at anew each time where it is refused (ours)', async () => {
    const server = api()
    const token = await sealed(await issuer.expired())
    for (let i = 0; i < 3; i++) expect(await outcome(server, token)).toBe('401 expired')
    expect(jose.decryptions).toBe(3)
  })
})

describe('a decryption that does not come', () => {
  it('is answered 503 in time, and not 401 (ARCHITECTURE, "Keys")', async () => {
    const clock = new TestClock(now())
    const server = api({}, clock)
    await server.ready()
    jose.answer = new Promise(() => undefined)
    const verdict = outcome(server, await sealed(await issuer.accessToken()))
    await vi.waitFor(() => expect(jose.decryptions).toBe(1))
    clock.pass(4500)
    expect(await verdict).toBe('503 decryption_unavailable')
  })
})

describe('a deny list', () => {
  const options = { issuer: ISSUER, audience: AUDIENCE, keys: staticJwks(issuer.jwks()) }
  const guarded = () => {
    const denied = denyList({ store: memoryStore(), now })
    const server = createResourceServer(
      { ...options, decryption: { keys: [RSA.privateKey] }, isRevoked: denied.isRevoked },
      { now },
    )
    return { denied, server }
  }
  const admitted = async (server: ResourceServer, token: string) => {
    const decision = await server.authenticate(bearer(token))
    if (!decision.ok || decision.auth === undefined) throw new TypeError('refused')
    return decision.auth
  }

  it('refuses a denied token under any other encryption, and bare, remembered or not (ours)', async () => {
    const { denied, server } = guarded()
    const token = await issuer.accessToken()
    const first = await sealed(token)
    const other = await issuer.accessToken({ subject: 'user-2' })
    for (let i = 0; i < 3; i++) await admitted(server, first)
    await denied.denyToken(await admitted(server, first))
    for (const text of [first, await sealed(token), token]) {
      for (let i = 0; i < 3; i++) expect(await outcome(server, text)).toBe('401 revoked')
    }
    expect(await outcome(server, await sealed(other))).toBe('admitted')
  })

  it('refuses under any encryption what was denied bare (ours)', async () => {
    const { denied, server } = guarded()
    const token = await issuer.accessToken()
    await denied.denyToken(token)
    expect(await outcome(server, await sealed(token))).toBe('401 revoked')
  })

  it('does not take the text of an encrypted token for its name: anyone could encrypt it anew (ours)', async () => {
    const { denied } = guarded()
    const token = await sealed(await issuer.accessToken())
    const failure = await denied.denyToken(token).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TypeError)
    expect(String(failure)).toMatch(/as it was admitted/)
    for (const piece of token.split('.')) expect(String(failure)).not.toContain(piece)
  })

  it('finds its jti, its user and its client by the claims within (ours)', async () => {
    const { denied, server } = guarded()
    const token = await issuer.accessToken({ claims: { jti: 'one' } })
    await denied.denyTokenId(ISSUER, 'one')
    expect(await outcome(server, await sealed(token))).toBe('401 revoked')
  })
})

describe('explain()', () => {
  it('tells how a token was encrypted, and goes on with the one within (ours)', async () => {
    const explanation = await api().explain(
      await issuer.encrypt(await issuer.expired(), { key: RSA.publicKey, header: { kid: 'mine' } }),
    )
    expect(explanation.reason?.code).toBe('expired')
    expect(explanation.kind).toBe('an RFC 9068 access token')
    expect(`${explanation}`).toMatch(
      /✓ encrypted for this API, or not at all +alg RSA-OAEP-256, enc A256GCM, kid `mine`/,
    )
    expect(explanation.header).toMatchObject({ alg: 'ES256' })
  })

  it('tells of a token that is not encrypted, and of one that cannot be decrypted (ours)', async () => {
    expect(`${await api().explain(await issuer.accessToken())}`).toMatch(/not at all +not encrypted/)
    const { kind, reason, admitted, checks } = await api().explain(await issuer.encrypted())
    expect([kind, admitted, reason?.code]).toEqual([
      'an encrypted token (JWE)',
      false,
      'encryption_not_allowed',
    ])
    expect(checks.find(({ name }) => name === 'form')?.status).toBe('not reached')
  })

  it('finds what a request finds, and remembers nothing of it (ours)', async () => {
    const server = api()
    const token = await sealed(await issuer.accessToken())
    for (let i = 0; i < 3; i++) expect((await server.explain(token)).admitted).toBe(true)
    expect(jose.decryptions).toBe(3)
    expect(server.decide(bearer(token))).toBeInstanceOf(Promise)
  })
})

it('a reason never holds a part of an encrypted token (ours)', async () => {
  const reasons: Reason[] = []
  const server = api({ onRefusal: (reason) => reasons.push(reason) })
  const token = await sealed(await issuer.expired())
  const texts = [
    token,
    `${token.slice(0, -4)}AAAA`,
    await sealed('secret claims'),
    `${token}=`,
    token.replace('.', '..'),
  ]
  for (const text of texts) await outcome(server, text)
  expect(reasons).toHaveLength(texts.length)
  for (const reason of reasons) {
    expect(reason).toBeInstanceOf(Reason)
    for (const piece of token.split('.'))
      expect(JSON.stringify(reason) + reason).not.toContain(piece.slice(0, 30))
  }
})
