import { createTestIssuer, type TokenOptions } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { secret } from '../../src/keys/secret.ts'
import { staticJwks } from '../../src/keys/static.ts'
import type { LogoutReceiverOptions } from '../../src/logout/receiver-options.ts'
import { bearer, ISSUER, part, verdictOf } from '../support.ts'
import { CLIENT, clock, EVENT, issuer, seconds, verdictOn, world } from './world.ts'

const mint = (options: TokenOptions = {}) => issuer.logoutToken({ expiresIn: 120, ...options })
const changed = (claims: Record<string, unknown>) => mint({ claims })

describe('a logout token', () => {
  it('of an issuer of the API, for a client that is known, is taken (Back-Channel Logout §2.6)', async () => {
    const { resourceServer } = world()
    const token = await changed({ sub: 'jane', sid: 's1', jti: 'j1' })
    expect(await resourceServer.verifyLogoutToken(token, { clientIds: CLIENT })).toEqual({
      issuer: ISSUER,
      audience: [CLIENT],
      subject: 'jane',
      session: 's1',
      id: 'j1',
      issuedAt: seconds(),
    })
  })

  it.each<[string, TokenOptions]>([
    ['with the whole media type (RFC 7515 §4.1.9)', { header: { typ: 'application/logout+jwt' } }],
    ['with its type in other letters (RFC 7515 §4.1.9)', { header: { typ: 'Logout+JWT' } }],
    ['of a subject alone (Back-Channel Logout §2.4)', { omit: ['sid'] }],
    ['of a session alone (Back-Channel Logout §2.4)', { omit: ['sub'] }],
    ['whose event says more (Back-Channel Logout §2.4)', { claims: { events: { [EVENT]: { a: 1 } } } }],
    ['with another event too (RFC 8417 §2.2)', { claims: { events: { [EVENT]: {}, 'https://x/': {} } } }],
    ['with claims that nobody knows (Back-Channel Logout §2.4)', { claims: { typ: 'Logout', custom: [1] } }],
    ['by another allowed algorithm (Back-Channel Logout §2.6)', { algorithm: 'RS256' }],
    ['whose clock is 5 s ahead (clockTolerance)', { claims: { iat: 1_800_000_005 } }],
  ])('is taken %s', async (_, options) => {
    expect(await verdictOn(await mint(options))).toBe('logged out')
  })

  it.each<[string, string, TokenOptions]>([
    ['of another issuer', 'issuer_unknown', { claims: { iss: 'https://evil.test/' } }],
    ['of an issuer that differs by a slash', 'issuer_unknown', { claims: { iss: 'https://issuer.test' } }],
    ['of nobody', 'issuer_unknown', { omit: ['iss'] }],
    ['of several issuers', 'issuer_unknown', { claims: { iss: [ISSUER] } }],
    ['without aud', 'claim_missing', { omit: ['aud'] }],
    ['for nobody', 'logout_client_unknown', { claims: { aud: [] } }],
    ['for another client', 'logout_client_unknown', { audience: 'other' }],
    ['for the API', 'logout_client_unknown', { audience: issuer.audience }],
    ['for a client beside ours that is not known', 'logout_client_unknown', { audience: [CLIENT, 'other'] }],
    ['for part of the name', 'logout_client_unknown', { audience: 'port' }],
    ['without iat', 'claim_missing', { omit: ['iat'] }],
    ['with iat as text', 'claim_malformed', { claims: { iat: `${seconds()}` } }],
    ['issued in the future', 'issued_in_future', { claims: { iat: seconds() + 6, exp: seconds() + 100 } }],
    ['issued too long ago', 'too_old', { claims: { iat: seconds() - 306 } }],
    ['without exp', 'claim_missing', { omit: ['exp'] }],
    ['with exp as text', 'claim_malformed', { claims: { exp: '9999999999' } }],
    ['that is expired', 'expired', { claims: { exp: seconds() - 5 } }],
    ['that is not valid yet', 'not_yet_valid', { claims: { nbf: seconds() + 60 } }],
    ['without jti', 'claim_missing', { omit: ['jti'] }],
    ['with an empty jti', 'claim_malformed', { claims: { jti: '' } }],
    ['with a jti that is no text', 'claim_malformed', { claims: { jti: 7 } }],
    ['without events', 'claim_missing', { omit: ['events'] }],
    ['whose events are null', 'not_a_logout_token', { claims: { events: null } }],
    ['whose events are a text', 'not_a_logout_token', { claims: { events: EVENT } }],
    ['whose events are a list', 'not_a_logout_token', { claims: { events: [EVENT] } }],
    ['of another event', 'not_a_logout_token', { claims: { events: { 'https://x/': {} } } }],
    ['whose event is true', 'not_a_logout_token', { claims: { events: { [EVENT]: true } } }],
    ['whose event is null', 'not_a_logout_token', { claims: { events: { [EVENT]: null } } }],
    ['whose event is a list', 'not_a_logout_token', { claims: { events: { [EVENT]: [] } } }],
    ['with a nonce', 'not_a_logout_token', { claims: { nonce: 'n' } }],
    ['with a nonce of null', 'not_a_logout_token', { claims: { nonce: null } }],
    ['without sub and sid', 'claim_missing', { omit: ['sub', 'sid'] }],
    ['with an empty sub', 'claim_malformed', { claims: { sub: '' } }],
    ['with an empty sid', 'claim_malformed', { claims: { sid: '' } }],
    ['with a sid that is no text', 'claim_malformed', { claims: { sid: 1 } }],
    ['with a sub that is no text', 'claim_malformed', { claims: { sub: ['jane'] } }],
    ['of the type of access tokens', 'not_a_logout_token', { header: { typ: 'at+jwt' } }],
    ['of the type JWT', 'not_a_logout_token', { header: { typ: 'JWT' } }],
    ['without a type', 'not_a_logout_token', { header: { typ: undefined } }],
    ['whose type is no text', 'not_a_logout_token', { header: { typ: ['logout+jwt'] } }],
    ['with a critical header', 'critical_header', { header: { crit: ['x'], x: 1 } }],
    ['by a key that is not known', 'key_unknown', { header: { kid: 'nobody' } }],
    ['that says it is by no algorithm', 'algorithm_not_allowed', { header: { alg: 'none' } }],
    ['that says it is by a secret', 'algorithm_not_allowed', { header: { alg: 'HS256' } }],
  ])('%s is refused as %s (Back-Channel Logout §2.6)', async (_, code, options) => {
    expect(await verdictOn(await mint(options))).toBe(`400 ${code}`)
  })

  it('that names neither user nor session is refused by verifyLogoutToken itself (Back-Channel Logout §2.6 step 5)', async () => {
    const { resourceServer } = world()
    const token = await mint({ omit: ['sub', 'sid'] })
    expect(await resourceServer.verifyLogoutToken(token, { clientIds: CLIENT })).toMatchObject({
      code: 'claim_missing',
      expected: 'sub or sid',
    })
  })

  it('by an algorithm that the API does not allow is refused (RFC 8725 §3.1)', async () => {
    const token = await mint({ algorithm: 'RS256' })
    expect(await verdictOn(token, {}, { algorithms: ['ES256'] })).toBe('400 algorithm_not_allowed')
  })

  it('signed by a stranger, changed, unsigned or signed with the public key is refused (Back-Channel Logout §2.6)', async () => {
    const stranger = await createTestIssuer({ algorithms: ['ES256'], issuer: 'https://stranger.test/' })
    const token = await mint()
    const [header, payload, signature] = token.split('.')
    const other = part(
      Buffer.from(payload ?? '', 'base64url')
        .toString()
        .replace('user-1', 'user-2'),
    )
    const none = part(JSON.stringify({ alg: 'none', typ: 'logout+jwt' }))
    const confused = await createTestIssuer({ algorithms: ['HS256'], issuer: ISSUER, clock: clock.now })
    expect([
      await verdictOn(await mint({ key: stranger.privateKey('ES256') })),
      await verdictOn(`${header}.${other}.${signature}`),
      await verdictOn(`${none}.${payload}.`),
      await verdictOn(
        await confused.logoutToken({ clientId: CLIENT, key: Buffer.from(issuer.publicPem('RS256')) }),
      ),
    ]).toEqual([
      '400 signature_invalid',
      '400 signature_invalid',
      '400 algorithm_not_allowed',
      '400 algorithm_not_allowed',
    ])
  })

  it('by the secret that the API shares with its issuer is taken (Back-Channel Logout §2.6)', async () => {
    const shared = await createTestIssuer({ algorithms: ['HS256'], issuer: ISSUER, clock: clock.now })
    const token = await shared.logoutToken({ clientId: CLIENT })
    expect(await verdictOn(token, {}, { keys: secret(shared.secret('HS256')) })).toBe('logged out')
  })

  it.each(['accessToken', 'idToken', 'refreshToken', 'expired', 'encrypted'] as const)(
    'is not what %s() makes, not even for a client that is known (Back-Channel Logout §4.1)',
    async (kind) => {
      const token = await issuer[kind]({ audience: CLIENT })
      expect(await verdictOn(token, { mayLack: ['typ', 'exp'] })).toMatch(/^400 /)
      expect(await verdictOn(token)).toMatch(/^400 /)
    },
  )

  it('that is no token at all is refused, however long (RFC 7519 §7.2)', async () => {
    expect(await verdictOn('x')).toBe('400 opaque_token')
    expect(await verdictOn('a.b.c')).toBe('400 malformed_token')
    expect(await verdictOn('a'.repeat(16_385))).toBe('400 token_too_large')
  })

  it('opens no API, though its audience be the API (RFC 8725 §3.12)', async () => {
    const { resourceServer } = world({}, { audience: CLIENT })
    expect(verdictOf(await resourceServer.authenticate(bearer(await mint())))).toBe('401 logout_token')
  })
})

describe('the option', () => {
  const untyped = { header: { typ: undefined } }
  it.each<[string, Partial<LogoutReceiverOptions>, TokenOptions, string]>([
    ["mayLack ['typ'] takes no type", { mayLack: ['typ'] }, untyped, 'logged out'],
    ["mayLack ['typ'] takes JWT", { mayLack: ['typ'] }, { header: { typ: 'JWT' } }, 'logged out'],
    [
      "mayLack ['typ'] takes no other",
      { mayLack: ['typ'] },
      { header: { typ: 'at+jwt' } },
      '400 not_a_logout_token',
    ],
    ["mayLack ['typ'] wants exp", { mayLack: ['typ'] }, { omit: ['exp'] }, '400 claim_missing'],
    ["mayLack ['exp'] takes none", { mayLack: ['exp'] }, { omit: ['exp'] }, 'logged out'],
    ["mayLack ['exp'] judges one that is there", { mayLack: ['exp'] }, { expiresIn: -10 }, '400 expired'],
    ["mayLack ['exp'] takes no null", { mayLack: ['exp'] }, { claims: { exp: null } }, '400 claim_malformed'],
    ["mayLack ['exp'] wants a type", { mayLack: ['exp'] }, untyped, '400 not_a_logout_token'],
    [
      'maxTokenAge 10 refuses what is older',
      { maxTokenAge: 10 },
      { claims: { iat: 1_799_999_984 } },
      '400 too_old',
    ],
    [
      'maxTokenAge 900 takes what is older',
      { maxTokenAge: 900 },
      { claims: { iat: 1_799_999_400 } },
      'logged out',
    ],
    ['clientIds takes each of them', { clientIds: ['a', CLIENT] }, { audience: ['a', CLIENT] }, 'logged out'],
  ])('%s (ours)', async (_, options, token, verdict) => {
    expect(await verdictOn(await mint(token), options)).toBe(verdict)
  })

  it.each<[string, unknown, RegExp]>([
    ['clientIds', undefined, /`clientIds` is missing.*backchannel_logout_uri/],
    ['clientIds', [], /`clientIds` is an empty list/],
    ['clientIds', [''], /`clientIds` is empty/],
    ['clientIds', /a/, /patterns are not accepted/i],
    ['maxTokenAge', '300', /`maxTokenAge` is the text/],
    ['maxTokenAge', 90_000, /from 0 to 86400/],
    ['mayLack', ['iat'], /`mayLack` is `iat`/],
    ['mayLack', true, /`mayLack` is true/],
    ['ends', 'all', /`ends` is `all`/],
    ['onLogout', {}, /`onLogout`/],
    ['onRefusal', 1, /`onRefusal`/],
    ['resourceServer', undefined, /`resourceServer`.*createResourceServer/],
    ['resourceServer', { issuer: ISSUER }, /no method `verifyLogoutToken`/],
    ['denyList', {}, /`denyList` has no method/],
    ['denyList', { denySession() {}, denySubject() {} }, /`denyList.store`/],
    ['audience', 'x', /`audience` does not exist/],
  ])('%s is refused at boot where it is %j (ours)', (name, value, message) => {
    expect(() => world({ [name]: value })).toThrow(message)
  })

  it('clientIds is checked by verifyLogoutToken itself, too (ours)', async () => {
    const { resourceServer } = world()
    await expect(resourceServer.verifyLogoutToken(await mint(), {} as never)).rejects.toThrow(/clientIds/)
  })
})

describe('a logout token while keys cannot be had', () => {
  it('is answered 503: nobody knows whether it is in order (ADR 0004)', async () => {
    const verdict = await verdictOn(await mint(), {}, { keys: () => Promise.reject(new Error('down')) })
    expect(verdict).toBe('503 keys_unavailable')
  })

  it('is answered 503 in time, where nothing answers at all (ADR 0004)', async () => {
    const verdict = verdictOn(await mint(), {}, { keys: () => new Promise(() => undefined) })
    await new Promise(setImmediate)
    clock.pass(10_000)
    expect(await verdict).toBe('503 keys_unavailable')
  })

  it('is answered 503 where the issuers are not known (ADR 0004)', async () => {
    const down = { issuer: () => Promise.reject(new Error('down')), keys: undefined }
    expect(await verdictOn(await mint(), {}, down)).toBe('503 issuer_unavailable')
  })
})

describe('a logout token of a tenant', () => {
  it('is verified with the keys of that tenant (ours)', async () => {
    const keys = staticJwks(issuer.jwks())
    const tenants = { issuer: (iss: string) => (iss === ISSUER ? { issuer: iss, keys } : undefined) }
    const { resourceServer } = world({}, { ...tenants, keys: undefined })
    const logout = await resourceServer.verifyLogoutToken(await mint(), { clientIds: CLIENT })
    expect(logout).toMatchObject({ issuer: ISSUER })
    expect(resourceServer.state().map((tenant) => tenant.issuer)).toEqual([ISSUER])
  })
})
