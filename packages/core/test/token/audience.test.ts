import { describe, expect, it } from 'vitest'
import { checkAudience } from '../../src/token/audience.ts'
import { AUDIENCE, claims, codeOf, policy, reasonOf } from '../support.ts'

const check = (changes: Record<string, unknown>, header = {}) =>
  checkAudience({ alg: 'ES256', ...header }, claims(changes), policy())
const hint = (changes: Record<string, unknown>, header = {}) => reasonOf(check(changes, header)).hint

describe('checkAudience', () => {
  it.each([
    ['as text', AUDIENCE],
    ['as a list', [AUDIENCE]],
    ['among others', ['urn:other', AUDIENCE, '']],
  ])('admits this API %s (RFC 7519 §4.1.3)', (_, aud) => {
    expect(codeOf(check({ aud }))).toBe('admitted')
  })

  it.each([
    ['without its slash', 'https://api.test'],
    ['in other letters', 'HTTPS://api.test/'],
    ['with a space behind', `${AUDIENCE} `],
    ['as a prefix', `${AUDIENCE}other`],
    ['cut off', 'https://api.tes'],
    ['in a list without it', ['urn:other']],
    ['as an empty list', []],
    ['as empty text', ''],
    ['left out', undefined],
  ])('refuses this API %s (RFC 9068 §4)', (_, aud) => {
    expect(codeOf(check({ aud }))).toBe('audience_mismatch')
  })

  it.each([
    ['nothing', undefined, /names no audience/],
    ['an empty list', [], /names no audience/],
    ['a slash less', 'https://api.test', /trailing slash only/],
    ['a slash more', `${AUDIENCE}/`, /trailing slash only/],
    ['other letters', 'https://API.test/', /letter case only/],
    ['a client id', 'my-client', /looks like a client id: this is an ID token/],
    ['another API', 'https://other.test/', /for another API/],
    ['another API by urn', 'urn:other', /for another API/],
  ])('tells the operator what %s in aud means (ours)', (_, aud, expected) => {
    expect(hint({ aud })).toMatch(expected)
  })

  it('calls no token an ID token that proves to be an access token or has a scope (ours)', () => {
    expect(hint({ aud: 'my-client' }, { typ: 'at+jwt' })).toMatch(/for another API/)
    expect(hint({ aud: 'my-client', scope: 'a' })).toMatch(/for another API/)
  })

  it('tells the operator the audience to ask for (ours)', () => {
    expect(hint({ aud: 'https://other.test/' })).toContain(`audience \`${AUDIENCE}\``)
  })
})
