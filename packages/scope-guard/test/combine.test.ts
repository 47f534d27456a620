import { ConfigurationError, type Guard } from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import { allOf, anyOf, claim, client, not, scopes } from '../src/index.ts'
import { caller, denialOf } from './caller.ts'

const YES = client('portal')
const NO = client('console')
const through = (guard: Guard) => guard(caller()) === undefined

describe('combinations', () => {
  it.each([
    [
      'allOf',
      allOf,
      [
        [true, true, true],
        [true, false, false],
        [false, true, false],
        [false, false, false],
      ],
    ],
    [
      'anyOf',
      anyOf,
      [
        [true, true, true],
        [true, false, true],
        [false, true, true],
        [false, false, false],
      ],
    ],
  ] as const)('%s has its truth table (ours)', (_, combine, table) => {
    for (const [a, b, expected] of table) expect(through(combine(a ? YES : NO, b ? YES : NO))).toBe(expected)
  })

  it('not() turns the answer round (ours)', () => {
    expect([through(not(YES)), through(not(NO)), through(not(not(YES)))]).toEqual([false, true, true])
  })

  it('allOf() names the scopes of all in a denial for want of one, so that one request for more will do (RFC 6750 §3)', () => {
    const guard = allOf(scopes('a'), scopes('b', 'a'), scopes('c'))
    expect(denialOf(guard(caller({ scopes: ['a'] }))).scope).toEqual(['a', 'b', 'c'])
    expect(guard.scopes).toEqual(['a', 'b', 'c'])
  })

  it('allOf() names none where scopes are not what is missing (RFC 6750 §3.1)', () => {
    const denial = denialOf(allOf(scopes('a'), NO)(caller({ scopes: ['a'] })))
    expect([denial.code, denial.scope]).toEqual(['client_not_allowed', undefined])
  })

  it('anyOf() names the scopes of the first alternative (RFC 6750 §3)', () => {
    const guard = anyOf(scopes('a', 'b'), scopes('c'))
    expect(denialOf(guard(caller())).scope).toEqual(['a', 'b'])
    expect(guard.scopes).toEqual(['a', 'b'])
  })

  it('allOf() of alternatives names the scopes of the first ones (RFC 6750 §3)', () => {
    const guard = allOf(anyOf(scopes('a'), scopes('b')), scopes('c'))
    expect(denialOf(guard(caller())).scope).toEqual(['a', 'c'])
  })

  it('a caller that is granted all scopes of a denial passes (RFC 6750 §3.1)', () => {
    const guard = allOf(anyOf(scopes('a', 'b'), NO), scopes('c'), YES)
    const { scope } = denialOf(guard(caller({ scopes: ['c'] })))
    expect(guard(caller({ scopes: scope ?? [] }))).toBeUndefined()
  })

  it('allOf() names only scopes that would help: with one alternative met, not those of another (RFC 6750 §3.1)', () => {
    const guard = allOf(anyOf(scopes('admin'), scopes('a')), scopes('c'))
    const { scope } = denialOf(guard(caller({ scopes: ['a'] })))
    expect(guard(caller({ scopes: scope ?? [] }))).toBeUndefined()
  })

  it('not() names no scope: none could be requested to please it (RFC 6750 §3.1)', () => {
    const denial = denialOf(not(scopes('a'))(caller({ scopes: ['a'] })))
    expect([denial.code, denial.scope]).toEqual(['guard_denied', undefined])
    expect(not(scopes('a')).scopes).toEqual([])
  })

  it('take a guard that an application wrote itself (ours)', () => {
    const own: Guard = (auth) => scopes('x')(auth)
    expect(denialOf(allOf(own, scopes('a'))(caller())).code).toBe('scope_missing')
    expect(denialOf(anyOf(own)(caller())).scope).toEqual(['x'])
  })

  it('of guards with no scopes of their own list keep the scopes that a denial names (RFC 6750 §3.1)', () => {
    const own: Guard = (auth) => scopes('x')(auth)
    const guard = allOf(own, scopes('a'))
    expect(denialOf(guard(caller())).scope).toContain('x')
  })
})

describe('combinations refuse when they are made', () => {
  it.each<[string, unknown[]]>([
    ['no guard', []],
    ['nothing', [undefined]],
    ['a scope as text', [YES, 'read:a']],
    ['a list of guards', [[YES]]],
    ['true', [true]],
  ])('%s (ours)', (_, guards) => {
    for (const combine of [allOf, anyOf])
      expect(() => combine(...(guards as Guard[]))).toThrow(ConfigurationError)
    expect(() => not(guards.at(-1) as Guard)).toThrow(ConfigurationError)
  })

  it('where they stand: the error names the combination (ours)', () => {
    for (const [option, combine] of Object.entries({ allOf, anyOf }))
      expect(() => combine()).toThrow(expect.objectContaining({ option }))
    expect(() => not(claim('a', 'b').scopes as unknown as Guard)).toThrow(
      expect.objectContaining({ option: 'not' }),
    )
  })
})
