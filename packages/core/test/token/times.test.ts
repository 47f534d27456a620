import { describe, expect, it } from 'vitest'
import { checkTimes } from '../../src/token/times.ts'
import { claims, codeOf, NOW, policy, reasonOf } from '../support.ts'

const verdict = (changes: Record<string, unknown>, limits: Parameters<typeof policy>[0] = {}) =>
  codeOf(checkTimes(claims(changes), policy(limits), NOW))

describe('checkTimes', () => {
  it.each([
    ['exp', NOW - 5, 'expired'],
    ['exp', NOW - 4.999, 'admitted'],
    ['exp', NOW - 4, 'admitted'],
    ['exp', 0, 'expired'],
    ['exp', -1, 'expired'],
    ['exp', -1e308, 'expired'],
    ['exp', 1e308, 'admitted'],
    ['nbf', NOW + 5, 'admitted'],
    ['nbf', NOW + 5.001, 'not_yet_valid'],
    ['nbf', NOW + 6, 'not_yet_valid'],
    ['nbf', 1e308, 'not_yet_valid'],
    ['nbf', -1e308, 'admitted'],
    ['iat', NOW + 5, 'admitted'],
    ['iat', NOW + 5.001, 'issued_in_future'],
    ['iat', 1e308, 'issued_in_future'],
    ['iat', 0, 'admitted'],
  ])('judges %s %d with a tolerance of 5 s (RFC 7519 §4.1.4-6)', (name, value, expected) => {
    expect(verdict({ [name]: value })).toBe(expected)
  })

  it('takes exp as the first second that is too late where no tolerance is set (RFC 7519 §4.1.4)', () => {
    expect(verdict({ exp: NOW }, { clockTolerance: 0 })).toBe('expired')
    expect(verdict({ exp: NOW + 0.5 }, { clockTolerance: 0 })).toBe('admitted')
    expect(verdict({ nbf: NOW }, { clockTolerance: 0 })).toBe('admitted')
  })

  it.each([
    ['an age at the limit', { iat: NOW - 65 }, 'admitted'],
    ['an age beyond the limit', { iat: NOW - 66 }, 'too_old'],
    ['no iat', { iat: undefined }, 'claim_missing'],
  ])('judges %s with maxTokenAge 60 and a tolerance of 5 s (ours)', (_, changes, expected) => {
    expect(verdict(changes, { maxTokenAge: 60 })).toBe(expected)
  })

  it.each([
    ['a lifetime at the limit', { iat: NOW, exp: NOW + 60 }, 'admitted'],
    ['a lifetime beyond the limit', { iat: NOW, exp: NOW + 61 }, 'lifetime_too_long'],
    ['no iat', { iat: undefined }, 'claim_missing'],
  ])('judges %s with maxTokenLifetime 60 (ours)', (_, changes, expected) => {
    expect(verdict(changes, { maxTokenLifetime: 60 })).toBe(expected)
  })

  it('refuses every age but the present one at maxTokenAge 0 (ours)', () => {
    expect(verdict({ iat: NOW }, { maxTokenAge: 0, clockTolerance: 0 })).toBe('admitted')
    expect(verdict({ iat: NOW - 1 }, { maxTokenAge: 0, clockTolerance: 0 })).toBe('too_old')
  })

  it('shows times to the operator as dates, and as numbers where they are none (ours)', () => {
    expect(reasonOf(checkTimes(claims({ exp: 0 }), policy(), NOW)).actual).toBe('1970-01-01T00:00:00.000Z')
    expect(reasonOf(checkTimes(claims({ exp: -1e308 }), policy(), NOW)).actual).toBe('-1e+308')
  })
})
