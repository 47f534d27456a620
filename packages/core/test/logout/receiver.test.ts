import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { staticJwks } from '../../src/keys/static.ts'
import type { LogoutReceiverOptions } from '../../src/logout/receiver-options.ts'
import { Reason } from '../../src/reason.ts'
import type { ResourceServer } from '../../src/resource-server.ts'
import { memoryStore } from '../../src/stores/memory-store.ts'
import type { SharedStore } from '../../src/stores/shared-store.ts'
import { bearer, ISSUER, verdictOf } from '../support.ts'
import { CLIENT, clock, formOf, inWords, issuer, seconds, world } from './world.ts'

const access = (claims: Record<string, unknown>) =>
  issuer.accessToken({ claims: { sub: 'jane', sid: 's1', ...claims }, expiresIn: 50_000 })
const logout = (claims: Record<string, unknown> = {}) =>
  issuer.logoutToken({ claims: { sub: 'jane', sid: 's1', ...claims }, expiresIn: 120 })
const ask = async (server: ResourceServer, token: string) =>
  verdictOf(await server.authenticate(bearer(token)))

describe('a logout', () => {
  it.each<[string, Record<string, unknown>, Partial<LogoutReceiverOptions>, readonly string[]]>([
    ['of a session ends that session', {}, {}, ['s1']],
    ['of a session without a subject ends that session', { sub: undefined }, {}, ['s1']],
    ['of a subject ends all sessions', { sid: undefined }, {}, ['s1', 's2', 'no sid']],
    ["of a session ends all of its user by ends: 'subject'", {}, { ends: 'subject' }, ['s1', 's2', 'no sid']],
  ])('%s, and nobody else (Back-Channel Logout §2.7)', async (_, claims, options, ended) => {
    const { resourceServer, receiver } = world(options)
    const tokens = new Map([
      ['s1', await access({})],
      ['s2', await access({ sid: 's2' })],
      ['no sid', await access({ sid: undefined })],
      ['john', await access({ sub: 'john', sid: 's3' })],
    ])
    for (const token of tokens.values()) expect(await ask(resourceServer, token)).toBe('admitted')
    expect(inWords(await receiver.receiveForm(formOf(await logout(claims))))).toBe('logged out')
    const refused: string[] = []
    for (const [name, token] of tokens) {
      if ((await ask(resourceServer, token)) === '401 revoked') refused.push(name)
    }
    expect(refused).toEqual(ended)
  })

  it("of a session alone is refused by ends: 'subject', for it would end nothing (ours)", async () => {
    const { receiver, resourceServer } = world({ ends: 'subject' })
    const outcome = await receiver.receiveForm(formOf(await logout({ sub: undefined })))
    expect(inWords(outcome)).toBe('400 claim_missing')
    expect(await ask(resourceServer, await access({}))).toBe('admitted')
  })

  it('ends what was issued up to now, and not what a new login brings (Back-Channel Logout §2.7)', async () => {
    const { receiver, resourceServer } = world()
    await receiver.receiveForm(formOf(await logout({ sid: undefined })))
    clock.pass(1000)
    expect(await ask(resourceServer, await access({ sid: 's9' }))).toBe('admitted')
    expect(await ask(resourceServer, await access({ sid: 's9', iat: seconds() - 1 }))).toBe('401 revoked')
  })

  it("ends what was issued up to it by the issuer's clock, though that be ahead of ours (ours)", async () => {
    const { receiver, resourceServer } = world()
    const ahead = { iat: seconds() + 3 }
    await receiver.receiveForm(formOf(await logout({ ...ahead, sid: undefined })))
    expect(await ask(resourceServer, await access(ahead))).toBe('401 revoked')
  })

  it('that comes late ends what was issued until it came, too (ours)', async () => {
    const { receiver, resourceServer } = world()
    const meanwhile = await access({ iat: seconds() - 30 })
    await receiver.receiveForm(formOf(await logout({ iat: seconds() - 60, sid: undefined })))
    expect(await ask(resourceServer, meanwhile)).toBe('401 revoked')
  })

  it('ends nothing at another issuer (OpenID Connect Core §2)', async () => {
    const { receiver, list } = world()
    await receiver.receiveForm(formOf(await logout({ sid: undefined })))
    const elsewhere = { token: 'a', issuer: 'https://other.test/', subject: 'jane', claims: { iat: 1 } }
    expect(await list.isRevoked(elsewhere as never)).toBe(false)
  })

  it('that is refused ends nothing (Back-Channel Logout §2.6)', async () => {
    const { receiver, resourceServer } = world()
    const token = await access({})
    expect((await receiver.receiveForm(formOf(await logout({ nonce: 'n' })))).ok).toBe(false)
    expect((await receiver.receiveForm(formOf(token))).ok).toBe(false)
    expect(await ask(resourceServer, token)).toBe('admitted')
  })

  it('is told to onLogout, once it is in force and before it is answered (ours)', async () => {
    const told: unknown[] = []
    const { receiver, list } = world({
      async onLogout({ issuer: iss, subject, session }) {
        const revoked = await list.isRevoked({
          token: 'a',
          issuer: iss,
          claims: { sid: session, iat: 1 },
        } as never)
        told.push(iss, subject, session, revoked)
      },
    })
    await receiver.receiveForm(formOf(await logout()))
    expect(told).toEqual([ISSUER, 'jane', 's1', true])
  })
})

describe('a logout token that comes again', () => {
  it('is refused as long as it could be valid, in every process (Back-Channel Logout §2.6 step 8)', async () => {
    const store = memoryStore({}, clock.monotonic)
    const [one, other] = [world({}, {}, store), world({}, {}, store)]
    const form = formOf(await logout({ exp: seconds() + 10_000 }))
    expect(inWords(await one.receiver.receiveForm(form))).toBe('logged out')
    expect(inWords(await other.receiver.receiveForm(form))).toBe('400 logout_replayed')
    clock.pass(305_000)
    expect(inWords(await one.receiver.receiveForm(form))).toBe('400 logout_replayed')
    clock.pass(1000)
    expect(inWords(await one.receiver.receiveForm(form))).toBe('400 too_old')
  })

  it('does not end what the user got since (ours)', async () => {
    const { receiver, resourceServer } = world()
    const form = formOf(await logout({ sid: undefined }))
    await receiver.receiveForm(form)
    clock.pass(2000)
    const anew = await access({ sid: 's2' })
    clock.pass(2000)
    await receiver.receiveForm(form)
    expect(await ask(resourceServer, anew)).toBe('admitted')
  })

  it('many times at once takes effect once (ours)', async () => {
    const { receiver } = world()
    const form = formOf(await logout())
    const outcomes = await Promise.all([...Array(50).keys()].map(() => receiver.receiveForm(form)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(new Set(outcomes.map(inWords))).toEqual(new Set(['logged out', '400 logout_replayed']))
  })

  it('with the jti of another issuer is another token (RFC 7519 §4.1.7)', async () => {
    const other = await createTestIssuer({
      algorithms: ['ES256'],
      issuer: 'https://other.test/',
      clientId: CLIENT,
      clock: clock.now,
    })
    const entry = (one: typeof issuer) => ({ issuer: one.issuer, keys: staticJwks(one.jwks()) })
    const { receiver } = world({}, { issuer: [entry(issuer), entry(other)], keys: undefined })
    const [ours, theirs] = [await logout({ jti: 'j1' }), await other.logoutToken({ claims: { jti: 'j1' } })]
    expect(inWords(await receiver.receiveForm(formOf(ours)))).toBe('logged out')
    expect(inWords(await receiver.receiveForm(formOf(theirs)))).toBe('logged out')
  })
})

describe('a logout whose store fails', () => {
  type Method = keyof SharedStore
  const failing = (method: Method): { store: SharedStore; mend(): void } => {
    const inner = memoryStore({}, clock.monotonic)
    let broken = true
    const down = async () => {
      throw new Error('the store is down')
    }
    return {
      get store() {
        return {
          ...inner,
          [method]: (...given: never[]) => (broken ? down() : Reflect.apply(inner[method], inner, given)),
        }
      },
      mend: () => {
        broken = false
      },
    }
  }

  it.each<Method>(['get', 'set', 'add'])(
    'in %s is answered 503, and takes effect when it is sent again (ADR 0004)',
    async (method) => {
      const { store, mend } = failing(method)
      const { receiver, resourceServer } = world({}, {}, store)
      const form = formOf(await logout())
      const outcome = await receiver.receiveForm(form)
      expect(outcome.answer).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
      expect(outcome).toMatchObject({ reason: { code: 'logout_unavailable', actual: 'the store is down' } })
      mend()
      expect(inWords(await receiver.receiveForm(form))).toBe('logged out')
      expect(await ask(resourceServer, await access({}))).toBe('401 revoked')
    },
  )

  it('to answer is given up on (ours)', async () => {
    const store = { ...memoryStore(), set: () => new Promise<void>(() => undefined) }
    const { receiver } = world({}, {}, store)
    const outcome = receiver.receiveForm(formOf(await logout()))
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
    clock.pass(4000)
    expect(inWords(await outcome)).toBe('503 logout_unavailable')
  })

  it('or whose onLogout fails is answered 503, and takes effect when it is sent again (Back-Channel Logout §2.8)', async () => {
    let broken = true
    const { receiver } = world({
      onLogout() {
        if (broken) throw new Error('sessions are down')
      },
    })
    const form = formOf(await logout())
    expect(inWords(await receiver.receiveForm(form))).toBe('503 logout_unavailable')
    broken = false
    expect(inWords(await receiver.receiveForm(form))).toBe('logged out')
  })
})

describe('a refused logout', () => {
  it('is told to onRefusal, whose mistakes change nothing (ours)', async () => {
    const told: unknown[] = []
    const { receiver } = world({
      onRefusal(reason, request) {
        told.push(reason instanceof Reason && reason.code, request)
        throw new Error('the hook is broken')
      },
    })
    expect(inWords(await receiver.receiveForm('a=b'))).toBe('400 logout_request_malformed')
    expect(told).toEqual(['logout_request_malformed', undefined])
  })

  it('says what is wrong in fixed words, and nothing of what was sent (RFC 6749 §5.2)', async () => {
    const { receiver } = world()
    const outcome = await receiver.receiveForm(formOf(await logout({ aud: 'SENT' })))
    expect(outcome.answer).toEqual({
      status: 400,
      headers: { 'cache-control': 'no-store' },
      body: { error: 'invalid_request', error_description: 'The logout token is meant for another client' },
    })
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an empty form', ''],
    ['an empty token', 'logout_token='],
    ['two tokens', 'logout_token=a&logout_token=a'],
    ['an object without one', {}],
    ['an object that inherits one', Object.create({ logout_token: 'a' })],
    ['an object with a list of two', { logout_token: ['a', 'a'] }],
    ['an object with an object', { logout_token: { a: 'b' } }],
    ['a list', ['logout_token']],
    ['a number', 7],
  ])('is one that brings %s (Back-Channel Logout §2.5)', async (_, form) => {
    expect(inWords(await world().receiver.receiveForm(form))).toBe('400 logout_request_malformed')
  })

  it.each<[string, (token: string) => unknown]>([
    ['text with other fields', (token) => `a=1&logout_token=${token}&b=2`],
    ['bytes', (token) => Buffer.from(`logout_token=${token}`)],
    ['an object', (token) => ({ logout_token: token, a: ['1', '2'] })],
    ['an object without a prototype', (token) => Object.assign(Object.create(null), { logout_token: token })],
  ])('is none that brings one token as %s (Back-Channel Logout §2.5)', async (_, formed) => {
    expect(inWords(await world().receiver.receiveForm(formed(await logout())))).toBe('logged out')
  })
})
