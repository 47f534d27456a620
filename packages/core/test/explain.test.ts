import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { secret } from '../src/keys/secret.ts'
import { staticJwks } from '../src/keys/static.ts'
import type { ResourceServerOptions } from '../src/options.ts'
import { Reason } from '../src/reason.ts'
import { createResourceServer } from '../src/resource-server.ts'
import { AUDIENCE, ISSUER, NOW } from './support.ts'

const now = () => NOW * 1000
const issuer = await createTestIssuer({
  algorithms: ['ES256'],
  issuer: ISSUER,
  audience: AUDIENCE,
  clock: now,
})

function explain(token: string, options: Partial<ResourceServerOptions> = {}) {
  const base = { issuer: ISSUER, audience: AUDIENCE, keys: staticJwks(issuer.jwks()) }
  return createResourceServer({ ...base, ...options }, { now }).explain(token)
}
const statuses = async (token: string, options?: Partial<ResourceServerOptions>) =>
  Object.fromEntries((await explain(token, options)).checks.map(({ name, status }) => [name, status]))

describe('explain (ARCHITECTURE, "Rooms")', () => {
  it('runs every check, also behind the first that fails', async () => {
    const token = await issuer.expired({ claims: { aud: 'urn:other', cnf: { jkt: 'x' } } })
    const { admitted, reason, checks } = await explain(token)
    expect([admitted, reason?.code]).toEqual([false, 'audience_mismatch'])
    expect(checks.filter(({ status }) => status === 'failed').map(({ name }) => name)).toEqual([
      'audience',
      'binding',
      'times',
    ])
    expect(checks.find(({ name }) => name === 'audience')).toMatchObject({
      code: 'audience_mismatch',
      expected: '`https://api.test/`',
      actual: '`urn:other`',
      hint: expect.stringMatching(/Request an access token/),
    })
  })

  it('tells what it found in checks that pass, and who calls', async () => {
    const explanation = await explain(await issuer.accessToken({ scope: 'read:patients' }))
    expect(explanation).toMatchObject({
      admitted: true,
      kind: 'an RFC 9068 access token',
      auth: { subject: 'user-1', scopes: ['read:patients'] },
    })
    expect(explanation.checks.find(({ name }) => name === 'times')?.actual).toMatch(/expires in \d+ minutes/)
  })

  it('calls claims unverified where the signature does not hold', async () => {
    expect(await statuses(await issuer.signedByStranger())).toMatchObject({
      signature: 'failed',
      claims: 'unverified',
      audience: 'unverified',
      times: 'unverified',
    })
    expect(await statuses(await issuer.accessToken({ header: { kid: 'other' } }))).toMatchObject({
      key: 'failed',
      signature: 'not reached',
      audience: 'unverified',
    })
  })

  it('does not reach what is behind a token that cannot be read, or is of a foreign issuer', async () => {
    expect(await statuses('opaque')).toMatchObject({
      credentials: 'passed',
      form: 'failed',
      issuer: 'not reached',
    })
    expect(await statuses(await issuer.accessToken({ claims: { iss: 'urn:x' } }))).toMatchObject({
      issuer: 'failed',
      signature: 'not reached',
      times: 'not reached',
    })
  })

  it.each<[string, () => string | Promise<string>, RegExp]>([
    ['an access token', () => issuer.accessToken(), /^an RFC 9068 access token$/],
    ['one without a type', () => issuer.accessToken({ header: { typ: undefined } }), /^an access token$/],
    ['an expired one', () => issuer.expired(), /access token$/],
    ['an ID token', () => issuer.idToken(), /^an ID token$/],
    ['an ID token of another issuer', () => issuer.idToken({ claims: { iss: 'urn:x' } }), /^an ID token$/],
    ['a refresh token', () => issuer.refreshToken(), /^a refresh token$/],
    ['a logout token', () => issuer.logoutToken(), /^a logout token$/],
    ['an opaque token', () => issuer.opaque(), /^an opaque token/],
    ['an encrypted token', () => issuer.encrypted(), /^an encrypted token/],
    ['a token for /userinfo', () => issuer.accessToken({ claims: { aud: `${ISSUER}userinfo` } }), /userinfo/],
    ['nonsense', () => 'a.b.c', /^no token that can be read$/],
    ['claims of wrong types', () => issuer.accessToken({ claims: { jti: 5 } }), /malformed claims/],
  ])('names the kind of %s', async (_, token, kind) => {
    expect((await explain(await token())).kind).toMatch(kind)
  })

  it.each([
    [''],
    [' '],
    ['Bearer x'],
    ['\n'],
    ['x'.repeat(100_000)],
    [undefined],
    [null],
    [{}],
    [Symbol.iterator.description],
  ])('never throws, whatever it is given: %#', async (token) => {
    expect((await explain(token as string)).admitted).toBe(false)
  })

  it('tells of a function among the options that throws, where a request would be answered 500', async () => {
    const tokenKind = () => {
      throw new Error('not today')
    }
    const explanation = await explain(await issuer.accessToken(), { tokenKind })
    expect(explanation.admitted).toBe(false)
    expect(explanation.checks.find(({ name }) => name === 'type')).toMatchObject({
      status: 'failed',
      actual: 'not today',
    })
    expect(explanation.toString()).toContain('a function threw')
  })

  it('asks a guard last, and not about a token that is refused anyway', async () => {
    const server = createResourceServer(
      { issuer: ISSUER, audience: AUDIENCE, keys: staticJwks(issuer.jwks()) },
      { now },
    )
    const guard = () => new Reason('role_missing', { expected: 'nurse' })
    const denied = await server.explain(await issuer.accessToken(), guard)
    expect([denied.admitted, denied.reason?.code, denied.auth]).toEqual([false, 'role_missing', undefined])
    const refused = await server.explain(await issuer.expired(), guard)
    expect([refused.reason?.code, refused.checks.at(-1)?.status]).toEqual(['expired', 'not reached'])
    expect((await server.explain(await issuer.accessToken(), () => undefined)).admitted).toBe(true)
  })

  it('tells no hook of a refusal, and shows nothing secret', async () => {
    const value = 'a secret that nobody may see, of enough bytes'
    const heard: Reason[] = []
    const explanation = await explain(await issuer.accessToken(), {
      keys: secret(value),
      onRefusal: (reason) => heard.push(reason),
    })
    expect(heard).toEqual([])
    expect(JSON.stringify(explanation) + explanation.toString()).not.toContain(value)
  })

  it('reads as lines, with the hint at the end', async () => {
    const text = (await explain(await issuer.idToken({ audience: AUDIENCE }))).toString()
    expect(text.split('\n')[0]).toBe('refused: id_token (this is an ID token)')
    expect(text).toMatch(/✓ the signature holds/)
    expect(text).toMatch(/✗ typed as no other kind of token/)
    expect(text.split('\n').at(-1)).toMatch(/^Hint: an ID token tells the client/)
  })
})

describe('explain() where a function of the application throws', () => {
  const thrower = () => {
    throw new Error('roles are down')
  }

  it('tells so in place of the caller, and does not reject (ours)', async () => {
    const { admitted, checks } = await explain(await issuer.accessToken(), { mapping: { roles: thrower } })
    expect(admitted).toBe(false)
    expect(checks.at(-1)).toMatchObject({ name: 'caller', status: 'failed', actual: 'roles are down' })
  })

  it('tells so of a guard (ours)', async () => {
    const server = createResourceServer(
      { issuer: ISSUER, audience: AUDIENCE, keys: staticJwks(issuer.jwks()) },
      { now },
    )
    const { admitted, checks } = await server.explain(await issuer.accessToken(), thrower)
    expect(admitted).toBe(false)
    expect(checks.at(-1)).toMatchObject({ name: 'guard', status: 'failed', actual: 'roles are down' })
  })
})

describe('a mapping whose functions answer in another form than promised', () => {
  it.each<[unknown, readonly string[]]>([
    [undefined, []],
    [null, []],
    ['admin', []],
    [['admin', 5], []],
    [['admin'], ['admin']],
  ])('grants what is a list of names, and nothing else: %j (ours)', async (answer, expected) => {
    const find = () => answer as readonly string[]
    const { auth } = await explain(await issuer.accessToken(), {
      mapping: { roles: find, permissions: find },
    })
    expect([auth?.roles, auth?.permissions]).toEqual([expected, expected])
  })

  it("copies and does not freeze the application's own lists (ours)", async () => {
    const own = ['admin']
    const { auth } = await explain(await issuer.accessToken(), { mapping: { roles: () => own } })
    expect(auth?.roles).toEqual(own)
    expect(Object.isFrozen(own)).toBe(false)
  })
})
