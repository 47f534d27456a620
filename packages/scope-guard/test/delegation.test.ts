import { ConfigurationError } from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import { actedBy, noDelegation } from '../src/index.ts'
import { caller } from './caller.ts'

const actor = (name: object, before?: object) => ({
  subject: undefined,
  clientId: undefined,
  issuer: undefined,
  ...name,
  actor: before as never,
})
const code = (denial: { code: string } | undefined) => denial?.code ?? 'through'

describe('noDelegation()', () => {
  it('lets callers through who come for themselves, and denies who acts for another (RFC 8693 §4.1)', () => {
    expect(code(noDelegation()(caller({ actor: undefined })))).toBe('through')
    expect(code(noDelegation()(caller({ actor: actor({ clientId: 'shop' }) })))).toBe('delegation_denied')
    expect(code(noDelegation()(caller({ actor: actor({}) })))).toBe('delegation_denied')
  })
})

describe('actedBy()', () => {
  it.each<[string, object | undefined, string]>([
    ['the client itself', actor({ clientId: 'shop' }), 'through'],
    ['the client by its sub', actor({ subject: 'shop' }), 'through'],
    ['another client', actor({ clientId: 'other' }), 'delegation_denied'],
    [
      'another client whose sub is that name',
      actor({ clientId: 'other', subject: 'shop' }),
      'delegation_denied',
    ],
    [
      'another client, for whom the client acted before',
      actor({ clientId: 'other' }, actor({ clientId: 'shop' })),
      'delegation_denied',
    ],
    ['nobody', undefined, 'delegation_denied'],
    ['an actor without a name', actor({}), 'delegation_denied'],
  ])('asks about the outermost actor alone: %s (RFC 8693 §4.1)', (_, given, expected) => {
    expect(code(actedBy('shop', 'portal')(caller({ actor: given as never })))).toBe(expected)
  })

  it('refuses no name when it is made (ours)', () => {
    expect(() => actedBy()).toThrow(ConfigurationError)
    expect(() => actedBy('')).toThrow(/actedBy/)
  })
})
