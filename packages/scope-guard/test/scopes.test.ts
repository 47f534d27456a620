import { ConfigurationError } from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import { anyScope, scopes } from '../src/index.ts'
import { caller, denialOf } from './caller.ts'

const holds = (...names: string[]) => caller({ scopes: names })

describe('scopes()', () => {
  it.each([
    [['a'], ['a'], true],
    [['a', 'b'], ['b', 'c', 'a'], true],
    [['a', 'b'], ['a'], false],
    [['a'], [], false],
    [['a'], ['A'], false],
    [['read'], ['read:all'], false],
    [['read:all'], ['read'], false],
    [['*'], ['a'], false],
    [['a'], ['*'], false],
  ])('that wants %j of a caller with %j lets through: %s (RFC 6750 §3.1)', (needed, held, through) => {
    expect(scopes(...needed)(holds(...held)) === undefined).toBe(through)
  })

  it('names all scopes that are needed in a denial, those that are there too, each once (RFC 6750 §3)', () => {
    const denial = denialOf(scopes('a', 'b', 'a')(holds('a')))
    expect([denial.code, denial.scope]).toEqual(['scope_missing', ['a', 'b']])
    expect(denial.message).toContain('`b`')
  })

  it('is not pleased by permissions and roles (ours)', () => {
    expect(scopes('a')(caller({ permissions: ['a'], roles: ['a'] }))?.code).toBe('scope_missing')
  })

  it('tells what it needs, for metadata, and cannot be changed (ours)', () => {
    const guard = scopes('a', 'b')
    expect(guard.scopes).toEqual(['a', 'b'])
    expect(Object.isFrozen(guard) && Object.isFrozen(guard.scopes)).toBe(true)
  })
})

describe('anyScope()', () => {
  it.each([
    [['a', 'b'], ['b'], true],
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['c'], false],
    [['a'], [], false],
  ])(
    'that wants one of %j of a caller with %j lets through: %s (RFC 6750 §3.1)',
    (possible, held, through) => {
      expect(anyScope(...possible)(holds(...held)) === undefined).toBe(through)
    },
  )

  it('names the first scope in a denial: one that would do (RFC 6750 §3)', () => {
    expect(denialOf(anyScope('a', 'b')(holds('c'))).scope).toEqual(['a'])
    expect(anyScope('a', 'b').scopes).toEqual(['a'])
  })
})

describe.each([
  ['scopes', scopes],
  ['anyScope', anyScope],
] as const)('%s() refuses when it is made', (option, make) => {
  it.each([
    ['no name', []],
    ['an empty name', ['']],
    ['two names in one text', ['a b']],
    ['a quote', ['a"']],
    ['a backslash', ['a\\']],
    ['a line feed', ['a\n']],
    ['a letter beyond ASCII', ['ä']],
    ['a list', [['a']]],
    ['nothing in between', ['a', undefined]],
    ['a number', [5]],
  ])('%s (RFC 6749 §3.3)', (_, names) => {
    const attempt = () => make(...(names as string[]))
    expect(attempt).toThrow(ConfigurationError)
    expect(attempt).toThrow(expect.objectContaining({ option }))
  })
})
