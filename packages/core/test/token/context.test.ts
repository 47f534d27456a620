import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JwtClaims } from '../../src/token/claims.ts'
import { authContext, readCaller } from '../../src/token/context.ts'
import { parseJsonObject } from '../../src/token/json.ts'
import type { TokenPolicy } from '../../src/token/policy.ts'
import { AUDIENCE, claims, ISSUER, NOW, policy } from '../support.ts'

const TOKEN = 'header.payload.signature-of-the-token'
const HEADER = Object.freeze({ alg: 'ES256', kid: '1' })
/** Claims as they come from a token: frozen. */
function parsed(claims: JwtClaims): JwtClaims {
  const result = parseJsonObject(Buffer.from(JSON.stringify(claims)))
  if (!result.ok) throw new TypeError(result.flaw)
  return result.value as JwtClaims
}
const context = (changes: Record<string, unknown> = {}, limits: Partial<TokenPolicy> = {}) =>
  authContext(TOKEN, readCaller(HEADER, parsed(claims(changes)), policy(limits)))

describe('the caller that handlers see', () => {
  it('names issuer, subject, client, audience and expiry as the token has them (RFC 9068 §2.2)', () => {
    expect(context({ sub: 'u', client_id: 'c' })).toMatchObject({
      scheme: 'Bearer',
      issuer: ISSUER,
      subject: 'u',
      clientId: 'c',
      audience: [AUDIENCE],
      expiresAt: NOW + 600,
      header: { alg: 'ES256', kid: '1' },
    })
  })

  it.each([
    ['a text', { scope: 'a b' }, ['a', 'b']],
    ['a text with spaces too many', { scope: '  a   b ' }, ['a', 'b']],
    ['a text with doubles', { scope: 'a b a' }, ['a', 'b']],
    ['an empty text', { scope: '' }, []],
    ['a list', { scope: ['a', 'b', 'a'] }, ['a', 'b']],
    ['a list with an empty text', { scope: ['a', ''] }, ['a']],
    ['a list with something else', { scope: ['a', 5] }, []],
    ['a number', { scope: 5 }, []],
    ['true', { scope: true }, []],
    ['an object', { scope: { a: true } }, []],
    ['null', { scope: null }, []],
    ['scp as a list (Okta)', { scp: ['a', 'b'] }, ['a', 'b']],
    ['scp as a text (Entra)', { scp: 'a b' }, ['a', 'b']],
    ['scope before scp', { scope: 'a', scp: 'b' }, ['a']],
    ['an empty scope before scp', { scope: '', scp: 'b' }, []],
    ['scope of a wrong type before scp', { scope: 5, scp: 'b' }, []],
    ['null in scope before scp', { scope: null, scp: 'b' }, []],
    ['names in capitals', { scope: 'A a' }, ['A', 'a']],
    ['tabs, which separate nothing', { scope: 'a\tb' }, ['a\tb']],
    ['no permissions, roles or groups', { permissions: ['p'], roles: ['r'], groups: ['g'] }, []],
  ])('reads scopes from %s (RFC 8693 §4.2)', (_, changes, expected) => {
    expect(context(changes).scopes).toEqual(expected)
  })

  it('keeps permissions and roles in lists of their own, and reads nothing but lists of texts (ours)', () => {
    const { permissions, roles } = context({ permissions: ['p'], roles: ['r'] })
    expect([permissions, roles]).toEqual([['p'], ['r']])
    expect(context({ permissions: 'p', roles: ['r', 5] })).toMatchObject({ permissions: [], roles: [] })
  })

  it.each([
    [
      ['a', 'b', 'c'],
      ['a', 'b'],
    ],
    [['c'], []],
  ])('caps the scopes %j of a client to those that the API grants it (ours)', (scope, expected) => {
    const clients = new Map([['c', new Set(['a', 'b', 'x'])]])
    expect(context({ client_id: 'c', scope }, { clients }).scopes).toEqual(expected)
  })

  it.each([
    ['gty client-credentials (Auth0)', { gty: 'client-credentials' }, 'client'],
    ['sub equal to client_id (RFC 9068 §5)', { sub: 'c', client_id: 'c' }, 'client'],
    ['sub equal to azp', { sub: 'c', azp: 'c' }, 'client'],
    ['sub made of the client and @clients (Auth0)', { sub: 'c@clients', azp: 'c' }, 'client'],
    ['idtyp app (Entra)', { idtyp: 'app' }, 'client'],
    ['idtyp user (Entra)', { idtyp: 'user', sub: 'u', azp: 'c' }, 'user'],
    ['auth_time', { sub: 'u', auth_time: 1 }, 'user'],
    ['a sid', { sub: 'u', sid: '1', azp: 'c' }, 'user'],
    ['an e-mail address', { sub: 'u', email: 'a@example.com' }, 'user'],
    ['a sub other than the client', { sub: 'u', client_id: 'c' }, 'unknown'],
    ['no sub', { client_id: 'c' }, 'unknown'],
    ['neither sub nor client', {}, 'unknown'],
    ['a machine that was logged in', { sub: 'c', client_id: 'c', auth_time: 1 }, 'unknown'],
    ['@clients of another client', { sub: 'x@clients', azp: 'c' }, 'unknown'],
  ])('takes a token with %s for the principal it is (RFC 9068 §5)', (_, changes, expected) => {
    expect(context(changes).principal).toBe(expected)
  })

  it('never takes a Keycloak service account for a user, though it has a user name (RFC 9068 §5)', () => {
    const account = { sub: 'f81d4fae', azp: 'c', client_id: 'c', preferred_username: 'service-account-c' }
    expect(
      context({ ...account, typ: 'Bearer', scope: 'profile email', email_verified: false }).principal,
    ).not.toBe('user')
  })

  it('is frozen with everything in it (ours)', () => {
    const name = fc.string().filter((text) => !JSON.stringify(text).includes('\\'))
    const payload = fc.dictionary(name, fc.array(fc.dictionary(name, fc.string())), { noNullPrototype: true })
    fc.assert(
      fc.property(payload, (extra) => {
        const auth = context({ extra, scope: 'a', permissions: ['p'] })
        expect(frozenAtEveryDepth(auth)).toBe(true)
      }),
    )
    expect(() => Object.assign(context(), { principal: 'user' })).toThrow(TypeError)
    expect(() => (context({ scope: 'a' }).scopes as string[]).push('admin')).toThrow(TypeError)
  })

  it('gives the token to whoever asks for it, and shows it nowhere else (RFC 6750 §5.3)', () => {
    const auth = context({ sub: 'u' })
    expect(auth.token).toBe(TOKEN)
    const shown = [
      inspect(auth, { depth: null, showHidden: true }),
      inspect(auth, { getters: true }),
      JSON.stringify(auth),
      JSON.stringify({ ...auth }),
      JSON.stringify(Object.entries(auth)),
    ]
    for (const text of shown) expect(text).not.toContain('signature-of-the-token')
  })

  it('is printed and serialized with what a log needs (ours)', () => {
    expect(inspect(context({ sub: 'u' }))).toContain("subject: 'u'")
    expect(JSON.parse(JSON.stringify(context({ sub: 'u' })))).toMatchObject({ subject: 'u', issuer: ISSUER })
  })
})

function frozenAtEveryDepth(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(frozenAtEveryDepth)
}
