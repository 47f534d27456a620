import { ConfigurationError } from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import { client } from '../src/index.ts'
import { caller } from './caller.ts'

describe('client()', () => {
  it.each([
    [['portal'], 'portal', true],
    [['console', 'portal'], 'portal', true],
    [['console'], 'portal', false],
    [['Portal'], 'portal', false],
    [['portal'], undefined, false],
    [['undefined'], undefined, false],
  ])('for %j and the client %s lets through: %s (RFC 9068 §2.2)', (ids, clientId, through) => {
    const denial = client(...ids)(caller({ clientId }))
    expect(denial === undefined).toBe(through)
    if (denial !== undefined) expect([denial.code, denial.scope]).toEqual(['client_not_allowed', undefined])
  })

  it.each([
    ['no id', []],
    ['an empty id', ['']],
    ['a list', [['portal']]],
    ['a pattern', [/portal/]],
    ['nothing', [undefined]],
  ])('refuses %s when it is made (ours)', (_, ids) => {
    expect(() => client(...(ids as string[]))).toThrow(ConfigurationError)
  })
})
