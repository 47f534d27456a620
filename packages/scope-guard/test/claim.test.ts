import { ConfigurationError } from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import { claim } from '../src/index.ts'
import { caller, denialOf, withClaims } from './caller.ts'

describe('claim() with a value', () => {
  it.each([
    ['er', 'er', true],
    ['er', ['icu', 'er'], true],
    ['er', 'ER', false],
    ['er', 'icu er', false],
    ['er', ['icu'], false],
    ['er', [['er']], false],
    ['er', { er: true }, false],
    ['er', undefined, false],
    [5, 5, true],
    [5, '5', false],
    [true, true, true],
    [true, 'true', false],
    [true, 1, false],
    [false, undefined, false],
    [false, 0, false],
    [null, null, true],
    [null, undefined, false],
    ['', '', true],
    ['', undefined, false],
    [0, -0, true],
  ])('%j of a caller with %j lets through: %s (ours)', (expected, actual, through) => {
    expect(claim('dept', expected)(withClaims({ dept: actual })) === undefined).toBe(through)
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'does not find %s, which every object has (CVE-2024-34273)',
    (name) => {
      const asked: unknown[] = []
      const guard = claim(name, (value) => asked.push(value) > 0)
      expect(guard(caller())?.code).toBe('claim_mismatch')
      expect(asked).toEqual([])
    },
  )

  it('names no scope in a denial: a scope more would not help (RFC 6750 §3.1)', () => {
    const denial = denialOf(claim('dept', 'er')(withClaims({ dept: 'icu' })))
    expect([denial.code, denial.scope, denial.expected, denial.actual]).toEqual([
      'claim_mismatch',
      undefined,
      'dept `er`',
      '`icu`',
    ])
    expect(claim('dept', 'er').scopes).toEqual([])
  })

  it('keeps a denial on one line, whatever the claim holds (ours)', () => {
    expect(`${claim('dept', 'er')(withClaims({ dept: 'a\r\nb\u202e' }))}`).toMatch(/^[\x20-\x7e]*$/)
  })
})

describe('claim() with a predicate', () => {
  it('asks it for the value, and lets through for true only (ours)', () => {
    const answers: readonly unknown[] = [true, false, undefined, null, 1, 'yes', {}, Promise.resolve(true)]
    const through = answers.map(
      (answer) => claim('dept', (() => answer) as () => boolean)(withClaims({ dept: 'er' })) === undefined,
    )
    expect(through).toEqual([true, false, false, false, false, false, false, false])
  })

  it('does not ask it where the claim is absent (ours)', () => {
    const never = () => {
      throw new TypeError('asked')
    }
    expect(claim('dept', never)(caller())?.code).toBe('claim_mismatch')
  })

  it('lets its error out: it is a mistake, and no pass (ours)', () => {
    const broken = () => {
      throw new TypeError('broken')
    }
    expect(() => claim('dept', broken)(withClaims({ dept: 'er' }))).toThrow('broken')
  })
})

describe('claim() refuses when it is made', () => {
  it.each<[string, unknown, unknown]>([
    ['no name', undefined, 'er'],
    ['an empty name', '', 'er'],
    ['a name that is no text', 5, 'er'],
    ['nothing to expect', 'dept', undefined],
    ['a list', 'dept', ['er']],
    ['an object', 'dept', { equals: 'er' }],
    ['a pattern', 'dept', /er/],
  ])('%s (ours)', (_, name, expected) => {
    const attempt = () => claim(name as string, expected as string)
    expect(attempt).toThrow(ConfigurationError)
    expect(attempt).toThrow(expect.objectContaining({ option: 'claim' }))
  })
})
