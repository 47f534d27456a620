import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Reason } from '../src/reason.ts'
import { escapeControls, messageOf, show } from '../src/text.ts'

const PRINTABLE = /^[\x20-\x7e]*$/
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\n', '\r', '\0', '\x1b', '\u202e', '\u2066', '\ufeff', '`'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
})

describe('values in logs', () => {
  it('are one line of printable ASCII, whatever was sent (ours)', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.array(nasty), fc.jsonValue(), fc.anything()), (value) => {
        expect(show(value)).toMatch(PRINTABLE)
      }),
      { numRuns: 2000 },
    )
  })

  it('are short, whatever was sent (ours)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.constantFrom('x', '\u202e', '\n'), (length, char) => {
        const text = char.repeat(length)
        const values: readonly unknown[] = [
          text,
          [text],
          Array.from({ length: 9 }, () => text),
          { text },
          [[text]],
        ]
        for (const value of values) expect(show(value).length).toBeLessThan(700)
      }),
    )
  })

  it.each([
    ['a text', 'a', '`a`'],
    ['an empty text', '', '``'],
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['a number', 5, '5'],
    ['an object', { a: ['b'] }, '{"a":["b"]}'],
    ['one text in a list', ['a'], '`a`'],
    ['texts', ['a', 'b'], '[`a`, `b`]'],
    ['an empty list', [], '[]'],
    ['many texts', ['a', 'b', 'c', 'd', 'e', 'f', 'g'], '[`a`, `b`, `c`, `d`, `e`, 2 more]'],
    ['a line feed', 'a\nb', '`a\\u000ab`'],
    ['an escape sequence', '\x1b[31m', '`\\u001b[31m`'],
    ['a right-to-left override', 'a\u202eb', '`a\\u202eb`'],
    ['a character beyond the basic plane', '😀', '`\\ud83d\\ude00`'],
    ['a function', () => 1, 'a function'],
    ['a bigint', 5n, 'bigint'],
    ['a symbol', Symbol('x'), 'symbol'],
  ])('show %s (ours)', (_, value, expected) => {
    expect(show(value)).toBe(expected)
  })

  it('cannot be told apart wrongly: an empty list is not a list with an empty text (ours)', () => {
    expect(show([])).not.toBe(show(['']))
  })

  it('are cut at 120 characters (ours)', () => {
    expect(show('x'.repeat(120))).toBe(`\`${'x'.repeat(120)}\``)
    expect(show('x'.repeat(121))).toBe(`\`${'x'.repeat(120)}...\``)
    expect(messageOf('x'.repeat(100_000))).toBe(`${'x'.repeat(500)}...`)
  })

  it('survive an object that cannot be serialized (ours)', () => {
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    expect(show(loop)).toBe('object')
  })

  it('leave printable ASCII as it is (ours)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(escapeControls(text)).toBe(text)
      }),
    )
  })
})

describe('a reason in a log', () => {
  it('is one line of printable ASCII, whatever its parts say (ours)', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (expected, actual, hint) => {
        expect(`${new Reason('expired', { expected, actual, hint })}`).toMatch(PRINTABLE)
      }),
    )
  })

  it('says code, meaning, expected, actual and hint (ours)', () => {
    const reason = new Reason('audience_mismatch', { expected: '`a`', actual: '`b`', hint: 'ask for a' })
    expect(`${reason}`).toBe(
      'audience_mismatch: aud does not name this API: expected `a`, got `b`. Hint: ask for a',
    )
  })

  it('keeps all else when hint or scope are replaced (ours)', () => {
    const reason = new Reason('scope_missing', { expected: 'e', actual: 'a', hint: 'h', scope: ['s'] })
    expect({ ...reason.withHint('new') }).toEqual({ ...reason, hint: 'new' })
    expect({ ...reason.withScope(['t']) }).toEqual({ ...reason, scope: ['t'] })
  })
})

describe('the message of what was thrown', () => {
  it.each<[string, unknown]>([
    ['an object without a prototype', Object.create(null)],
    ['an error whose message is none', Object.assign(new Error(''), { message: Object.create(null) })],
    ['a symbol in a list', [Symbol('x')]],
    [
      'something whose toString throws',
      {
        toString: () => {
          throw new Error('x')
        },
      },
    ],
  ])('can be told whatever it is: %s (ours)', (_, thrown) => {
    expect(typeof messageOf(thrown)).toBe('string')
  })
})
