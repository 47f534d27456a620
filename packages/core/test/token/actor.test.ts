import { describe, expect, it } from 'vitest'
import { actorOf, checkActor } from '../../src/token/actor.ts'
import { claims, codeOf } from '../support.ts'

const chain = (depth: number): object =>
  depth === 0 ? { sub: 'first' } : { sub: `actor-${depth}`, act: chain(depth - 1) }

describe('the claim act', () => {
  it('is read outermost first, with who acted before for the record (RFC 8693 §4.1)', () => {
    const token = claims({
      act: { sub: 'shop', client_id: 'c', iss: 'https://a.test/', act: { sub: 'mail' } },
    })
    expect(checkActor(token)).toBeUndefined()
    expect(actorOf(token)).toEqual({
      subject: 'shop',
      clientId: 'c',
      issuer: 'https://a.test/',
      actor: { subject: 'mail', clientId: undefined, issuer: undefined, actor: undefined },
    })
    expect(Object.isFrozen(actorOf(token)?.actor)).toBe(true)
  })

  it('makes nobody an actor where it is not there; nor does may_act (RFC 8693 §4.4)', () => {
    const token = claims({ may_act: { sub: 'shop' } })
    expect([checkActor(token), actorOf(token)]).toEqual([undefined, undefined])
  })

  it.each<[string, unknown]>([
    ['a text', 'shop'],
    ['null', null],
    ['a list', [{ sub: 'shop' }]],
    ['a name that is no text', { sub: 5 }],
    ['a client that is null', { client_id: null }],
    ['one before that is a text', { sub: 'shop', act: 'mail' }],
    ['nine actors', chain(8)],
  ])('is refused as %s: what cannot be read must not pass for nobody (RFC 8693 §4.1)', (_, act) => {
    expect(codeOf(checkActor(claims({ act })))).toBe('claim_malformed')
  })

  it('may name eight actors (ours)', () => {
    expect(checkActor(claims({ act: chain(7) }))).toBeUndefined()
  })
})
