import { describe, expect, it } from 'vitest'
import { bearerChallenge, isQuotable, isScopeToken } from '../../src/http/challenge.ts'
import { refuser } from '../../src/http/refusal.ts'
import { Reason } from '../../src/reason.ts'

describe('a refusal', () => {
  it('names all scopes that the operation needs, before the description (RFC 6750 §3, §3.1)', () => {
    const refuse = refuser({ realm: 'api', cors: false })
    const reason = new Reason('scope_missing', { scope: ['read:a', 'write:a'] })
    expect(refuse(reason).headers['www-authenticate']).toMatch(
      /^Bearer realm="api", error="insufficient_scope", scope="read:a write:a", error_description="/,
    )
  })

  it('has no scope parameter where the list of scopes is empty (RFC 6750 §3)', () => {
    const refuse = refuser({ realm: 'api', cors: false })
    expect(refuse(new Reason('scope_missing', { scope: [] })).headers['www-authenticate']).not.toContain(
      'scope=',
    )
  })

  it('does not remember the scopes of another refusal (CVE-2026-25536)', () => {
    const refuse = refuser({ realm: 'api', cors: false })
    refuse(new Reason('scope_missing', { scope: ['a'] }))
    expect(refuse(new Reason('scope_missing')).headers['www-authenticate']).not.toContain('scope=')
  })

  it('lets scripts read the challenge where cors is on, and else not (Fetch, CORS protocol)', () => {
    const exposed = (cors: boolean, code: 'expired' | 'keys_unavailable') =>
      refuser({ realm: 'api', cors })(new Reason(code)).headers['access-control-expose-headers']
    expect(exposed(true, 'expired')).toBe('WWW-Authenticate')
    expect(exposed(false, 'expired')).toBeUndefined()
    expect(exposed(true, 'keys_unavailable')).toBe('Retry-After')
    expect(exposed(false, 'keys_unavailable')).toBeUndefined()
  })

  it('is frozen, since it is shared by requests (CVE-2026-25536)', () => {
    const refusal = refuser({ realm: 'api', cors: false })(new Reason('expired'))
    expect([refusal, refusal.headers, refusal.body].every(Object.isFrozen)).toBe(true)
  })
})

describe('a challenge', () => {
  it('has its parameters in the order that first-match clients read (ours)', () => {
    expect(bearerChallenge({ realm: 'r', error: 'e', scope: ['s', 't'], description: 'd' })).toBe(
      'Bearer realm="r", error="e", scope="s t", error_description="d"',
    )
  })

  it.each([
    ['plain text', 'The API, v1: [a]~', true],
    ['a quote', 'a"b', false],
    ['a backslash', 'a\\b', false],
    ['a line feed', 'a\nb', false],
    ['a carriage return', 'a\r', false],
    ['a tab', 'a\tb', false],
    ['a letter beyond ASCII', 'ä', false],
    ['DEL', '\x7f', false],
    ['a line feed at the end', 'a\n', false],
  ])('may quote %s: %s is %s (RFC 6750 §3)', (_, text, expected) => {
    expect(isQuotable(text)).toBe(expected)
  })

  it.each([
    ['read:patients', true],
    ['https://api.test/read', true],
    ["!#$%&'()*+,-./:;<=>?@[]^_`{|}~", true],
    ['', false],
    ['a b', false],
    ['a"', false],
    ['a\\', false],
    ['a\n', false],
    ['ä', false],
  ])('may name the scope %j: %s (RFC 6749 §3.3)', (text, expected) => {
    expect(isScopeToken(text)).toBe(expected)
  })
})
