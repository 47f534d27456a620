import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type JwkSet, readJwkSet } from '../../src/keys/jwk-set.ts'
import { staticJwks } from '../../src/keys/static.ts'
import { Reason } from '../../src/reason.ts'
import { codeOf, reasonOf } from '../support.ts'

const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })

const setOf = (...keys: unknown[]): JwkSet => {
  const set = readJwkSet({ keys })
  if (typeof set === 'string') throw new TypeError(set)
  return set
}
const found = (set: JwkSet, kid: string | undefined, alg = 'ES256') => {
  const keys = set.find(kid === undefined ? { alg } : { alg, kid }, '')
  if (keys instanceof Reason) throw new TypeError(`${keys}`)
  return keys
}

describe('readJwkSet', () => {
  it.each([null, 5, 'keys', [], {}, { key: [] }, { keys: null }, { keys: {} }, { keys: 'x' }, { keys: [] }])(
    'does not take %j for a key set (RFC 7517 §5)',
    (json) => {
      expect(readJwkSet(json)).toMatch(/JWK Set/)
    },
  )

  it('skips entries that cannot be used and keeps the rest (RFC 7517 §5)', () => {
    const set = setOf(
      null,
      5,
      [],
      { kty: 'oct', k: 'AA', kid: 'o' },
      { ...ec(), kid: 'e', use: 'enc' },
      { ...ec(), kid: '1' },
    )
    expect(set.keys.map(({ kid }) => kid)).toEqual(['1'])
    expect(set.unusable.map(({ index, kid }) => [index, kid])).toEqual([
      [0, undefined],
      [1, undefined],
      [2, undefined],
      [3, 'o'],
      [4, 'e'],
    ])
  })
})

describe('a key that was found', () => {
  const KEY = { ...ec(), kid: '1' }
  const set = setOf(KEY)
  const [key] = found(set, '1')
  if (key === undefined) throw new TypeError('no key')
  const successor = (...keys: object[]): JwkSet => {
    const next = readJwkSet({ keys }, set)
    if (typeof next === 'string') throw new TypeError(next)
    return next
  }

  it.each<[string, object[]]>([
    ['unchanged', [KEY]],
    ['beside another', [{ ...ec(), kid: '2' }, KEY]],
    [
      'behind more of its kid than are tried',
      [...Array.from({ length: 5 }, () => ({ ...ec(), kid: '1' })), KEY],
    ],
  ])('is in a set that publishes it %s (RFC 7517 §5)', (_, keys) => {
    expect(set.has(key)).toBe(true)
    expect(successor(...keys).has(key)).toBe(true)
  })

  it.each<[string, object[]]>([
    ['not', [{ ...ec(), kid: '2' }]],
    ['under another kid', [{ ...KEY, kid: '2' }]],
    ['for one tenant, where it was for all', [{ ...KEY, issuer: 'https://issuer.test/t/' }]],
    ['with other numbers', [{ ...ec(), kid: '1' }]],
  ])('is not in a set that publishes it %s (RFC 7517 §4)', (_, keys) => {
    expect(successor(...keys).has(key)).toBe(false)
  })

  it('for one algorithm is not in a set that publishes it for another (RFC 7517 §4.4)', () => {
    const before = setOf({ ...RSA, kid: '1' })
    const [any] = found(before, '1', 'RS256')
    const after = readJwkSet({ keys: [{ ...RSA, kid: '1', alg: 'RS256' }] }, before)
    if (typeof after === 'string' || any === undefined) throw new TypeError('no key')
    expect([before.has(any), after.has(any)]).toEqual([true, false])
  })
})

describe('the keys to try on a token', () => {
  it('are those of its kid (RFC 7515 §4.1.4)', () => {
    const set = setOf({ ...ec(), kid: '1' }, { ...ec(), kid: '2' }, ec())
    expect(found(set, '2').map(({ kid }) => kid)).toEqual(['2'])
  })

  it('are all of one kid, in turn, at most four (ours)', () => {
    const twins = Array.from({ length: 6 }, () => ({ ...ec(), kid: '1' }))
    expect(found(setOf(...twins.slice(0, 2)), '1')).toHaveLength(2)
    expect(found(setOf(...twins), '1')).toHaveLength(4)
    expect(new Set(found(setOf(...twins), '1').map(({ key }) => key)).size).toBe(4)
  })

  it('are, of one kid, those that fit the alg (RFC 7517 §4.5)', () => {
    const set = setOf({ ...RSA, kid: '1' }, { ...ec(), kid: '1' })
    expect(found(set, '1', 'ES256').map(({ algorithm }) => algorithm)).toEqual(['ES256'])
    expect(found(set, '1', 'PS256').map(({ algorithm }) => algorithm)).toEqual(['PS256'])
  })

  it('are those that fit the alg where the token names no kid, at most four (RFC 7515 §4.1.4)', () => {
    const set = setOf(
      { ...RSA, kid: 'r' },
      ...Array.from({ length: 5 }, (_, index) => ({ ...ec(), kid: `${index}` })),
    )
    expect(found(set, undefined).map(({ kid }) => kid)).toEqual(['0', '1', '2', '3'])
    expect(found(set, undefined, 'RS256').map(({ kid }) => kid)).toEqual(['r'])
  })

  it.each([
    ['an unknown kid', 'x', 'ES256', 'key_unknown'],
    ['a kid in other letters', 'K', 'ES256', 'key_unknown'],
    ['an empty kid', '', 'ES256', 'key_unknown'],
    ['a kid that every object has', 'constructor', 'ES256', 'key_unknown'],
    ['a kid that is a path', '../../k', 'ES256', 'key_unknown'],
    ['a kid of a key for another algorithm', 'k', 'RS256', 'key_unfit'],
    ['a kid of a key that was skipped', 'skipped', 'RS256', 'key_unfit'],
    ['no kid and an algorithm of no key', undefined, 'RS256', 'key_unknown'],
    ['an algorithm of secrets', 'k', 'HS256', 'key_unfit'],
    ['no algorithm', 'k', 'none', 'algorithm_not_allowed'],
  ])('are none for %s (RFC 8725 §3.1, §3.10)', (_, kid, alg, code) => {
    const set = setOf({ ...ec(), kid: 'k' }, { ...RSA, kid: 'skipped', use: 'enc' })
    expect(codeOf(set.find(kid === undefined ? { alg } : { alg, kid }, ''))).toBe(code)
  })

  it('are none where the key names another alg than the token (RFC 8725 §3.1)', () => {
    const set = setOf({ ...RSA, kid: '1', alg: 'PS256' })
    const reason = reasonOf(set.find({ alg: 'RS256', kid: '1' }, ''))
    expect([reason.code, reason.expected, reason.actual]).toEqual(['key_unfit', 'PS256', 'RS256'])
  })
})

describe('staticJwks', () => {
  it('hands out the keys of the set, at once (RFC 7517 §5)', async () => {
    const source = staticJwks({ keys: [{ ...ec(), kid: '1' }] })
    expect(source.family).toBe('asymmetric')
    expect(source.find({ alg: 'ES256', kid: '1' }, '')).toHaveLength(1)
    await expect(source.ready()).resolves.toBeUndefined()
  })

  it.each([
    ['no key set', { key: [] }, /no member `keys`/],
    ['an empty key set', { keys: [] }, /without keys/],
    [
      'a key set without a usable key',
      { keys: [{ ...RSA, kid: 'a', use: 'enc' }, null] },
      /a is not for signatures.*keys\[1\] is not an object/,
    ],
  ])('refuses %s at boot and says why (ours)', (_, jwks, message) => {
    expect(() => staticJwks(jwks as { keys: unknown[] })).toThrow(message)
    expect(() => staticJwks(jwks as { keys: unknown[] })).toThrow(expect.objectContaining({ option: 'keys' }))
  })
})

describe('a key set of more entries than anyone needs', () => {
  it('is read as far as 500 entries, and says so (ours)', () => {
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    const keys = [...Array(2000).keys()].map((i) => ({ ...key, kid: `${i}` }))
    const set = readJwkSet({ keys })
    if (typeof set === 'string') throw new TypeError(set)
    expect(set.keys).toHaveLength(500)
    expect(set.unusable).toEqual([{ index: 500, unusable: expect.stringContaining('2000') }])
    const again = readJwkSet({ keys: keys.toReversed() }, set)
    expect(typeof again === 'string' ? again : again.keys.length).toBe(500)
  })
})
