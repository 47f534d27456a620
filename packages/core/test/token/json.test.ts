import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonObject } from '../../src/token/json.ts'
import { Survey } from '../../src/token/json-survey.ts'
import { countMembers } from '../../src/token/json-text.ts'

const parse = (text: string) => parseJsonObject(Buffer.from(text))
const flaw = (text: string | Buffer): string | undefined => {
  const result = parseJsonObject(Buffer.from(text))
  return result.ok ? undefined : result.flaw
}

/** Names that JSON.stringify writes without escapes; all others are refused. */
const plainName = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'constructor', 'a', ':', '{', '1'))
  .filter(isPlain)

/** JSON objects whose text is what JSON.stringify makes; -0 is written 0, so it is left out. */
const jsonObject = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1.5, '', '":', '\\', 'a"b', '\u2028'),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(plainName, tie('value'), { noNullPrototype: true, maxKeys: 4 }),
  ),
  object: fc.dictionary(plainName, tie('value'), { noNullPrototype: true }),
})).object

const ESCAPED = 'has a member name that cannot be written without escapes'

describe('parseJsonObject', () => {
  it('reads every JSON object as JSON.parse does, however it is spaced (RFC 8259 §2)', () => {
    fc.assert(
      fc.property(jsonObject, fc.constantFrom(undefined, ' ', '\t', '\n '), (value, space) => {
        const text = JSON.stringify(value, null, space)
        expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) })
      }),
      { numRuns: 1000 },
    )
  })

  it('admits no text that JSON.parse refuses, and reads the rest alike (RFC 8259 §2)', () => {
    const fragments = fc.array(
      fc.constantFrom('{', '}', '[', ']', '"', ':', ',', 'a', '\\', '1', ' ', '"a"', '"a":', 'null'),
      {
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(fragments, (pieces) => {
        const text = `{${pieces.join('')}}`
        const result = parse(text)
        if (result.ok) expect(result.value).toEqual(JSON.parse(text))
        else if (result.flaw === ESCAPED) expect(text).toContain('\\')
      }),
      { numRuns: 5000, examples: [[['"a"', ':', '"\\"', '"']], [['"\\\\"', ':', '1']]] },
    )
  })

  it('refuses every object in which any one object has a member twice (RFC 7519 §4, RFC 8725 §3.7)', () => {
    const name = fc.string({ maxLength: 5 }).filter(isPlain)
    const value = fc.oneof(fc.string(), fc.constantFrom(1, null, [], '":', '\\'))
    const inner = fc.tuple(name, value, value)
    const wraps = fc.array(fc.constantFrom('member', 'item'), { maxLength: 8 })
    fc.assert(
      fc.property(inner, wraps, fc.boolean(), ([key, first, second], layers, escaped) => {
        const again = escaped ? escapedName(key) : JSON.stringify(key)
        let text = `{${JSON.stringify(key)}:${JSON.stringify(first)},${again}:${JSON.stringify(second)}}`
        for (const layer of layers) text = layer === 'member' ? `{"x:y":1,"o":${text}}` : `["{",${text}]`
        expect(flaw(text.startsWith('{') ? text : `{"top":${text}}`)).toBe('names a member twice')
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['one of many zeros', '{"n":1e8,"a":1,"a":1}'],
    ['many of them', '{"n":[1e4,1e4,1e4],"a":1,"a":1}'],
    ['beyond what digits tell', '{"n":1e20,"abcdefghijkl":1,"abcdefghijkl":1}'],
    ['small ones', '{"n":[1e-6,1e-6],"abc":0,"abc":0}'],
    ['below nothing', '{"n":[-1e9],"ab":1,"ab":1}'],
  ])('refuses a member twice where numbers spare the room for it: %s (RFC 8725 §3.7)', (_, text) => {
    expect(JSON.stringify(JSON.parse(text))).toHaveLength(text.length)
    expect(flaw(text)).toBe('names a member twice')
  })

  it('holds no value for longer than its text, however its numbers are written (RFC 8259 §6)', () => {
    const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 19 })
    const number = fc.tuple(
      digits.map((all) => all.join('').replace(/^0+(?=.)/, '')),
      fc.constantFrom('', '.5', '.0', 'e0', 'e1', 'e2', 'e3', 'E+3', 'e9', 'e-1', 'e-3', '000'),
      fc.constantFrom('', '', '-'),
    )
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 5 }), (numbers) => {
        const text = `{"n":[${numbers.map(([whole, rest, sign]) => `${sign}${whole === '0' && rest === '000' ? '0' : `${whole}${rest}`}`).join()}]}`
        expect(new Survey(JSON.parse(text)).length).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 20_000 },
    )
  })

  it('says of every text what counting its members says, without what its length shows (RFC 8725 §3.7)', () => {
    const number = fc.constantFrom(
      '0',
      '7',
      '-0',
      '-12',
      '1000',
      '1001',
      '1e3',
      '5E+4',
      '1.5',
      '1e-7',
      '1795290062',
    )
    const text = fc.constantFrom('""', '"a"', '"a:b"', '"{["', '"ü"', '"\\n"', '"\\u0041"', '"\\\\"')
    const { object } = fc.letrec<{ value: string; object: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        number,
        text,
        fc.constantFrom('true', 'false', 'null'),
        fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
        tie('object'),
      ),
      object: fc
        .array(fc.tuple(fc.constantFrom('"a"', '"b"', '""', '"0"', '"__proto__"'), tie('value')), {
          maxLength: 4,
        })
        .map((members) => `{${members.map((member) => member.join(':')).join()}}`),
    }))
    fc.assert(
      fc.property(object, fc.constantFrom('', '', ' '), (json, space) => {
        const spaced = json.replace(/^{/, `{${space}`)
        const named = membersOf(JSON.parse(spaced)) === countMembers(spaced)
        expect(flaw(spaced)).toBe(named ? undefined : 'names a member twice')
      }),
      { numRuns: 10_000 },
    )
  })

  it('takes a value for as long as JSON.stringify writes it, where numbers are plain (RFC 8259 §2)', () => {
    const plain = fc.oneof(
      { maxDepth: 3 },
      fc.maxSafeNat().filter((number) => number < 1000 || number % 1000 !== 0),
      fc.constantFrom(null, true, false, '', 'x', 'ä\u{1d11e}'),
      fc.string(),
    )
    const object = fc.dictionary(
      fc.string(),
      fc.oneof(plain, fc.array(plain), fc.dictionary(fc.string(), plain)),
    )
    fc.assert(
      fc.property(object, (value) => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('\\'))
        expect(new Survey(JSON.parse(text))).toMatchObject({ length: text.length, flaw: undefined })
      }),
      { numRuns: 2000 },
    )
  })

  it('reads what is there, and not what all objects were given by somebody (ours)', () => {
    const shared = { given: {} as Record<string, unknown> }
    const prototype = Object.prototype as { given?: unknown }
    prototype.given = shared.given
    try {
      expect(parse('{"a":1,"b":{"c":[]}}').ok).toBe(true)
      expect(parse('{"a": 1, "b": {"c": []}}').ok).toBe(true)
      expect(flaw('{"a":1,"b":{"c":[],"c":[]}}')).toBe('names a member twice')
      expect(Object.isFrozen(shared.given)).toBe(false)
    } finally {
      delete prototype.given
    }
  })

  it.each([
    ['a byte order mark', '\ufeff{}', 'is not JSON'],
    ['nothing', '', 'is not JSON'],
    ['a list', '[]', 'is not a JSON object'],
    ['null', 'null', 'is not a JSON object'],
    ['a text', '"{}"', 'is not a JSON object'],
    ['text behind the object', '{}{}', 'is not JSON'],
    ['a text without an end', '{"a', 'is not JSON'],
    ['a text that ends in a backslash', '{"a\\', 'is not JSON'],
    ['single quotes', "{'a':1}", 'is not JSON'],
    ['a trailing comma', '{"a":1,}', 'is not JSON'],
    ['a comment', '{}/**/', 'is not JSON'],
    ['NaN', '{"a":NaN}', 'is not JSON'],
    ['a number beyond all range', '{"exp":1e400}', 'holds a number out of range'],
    ['a number below all range, deep down', '{"a":[{"b":-1e400}]}', 'holds a number out of range'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'names a member twice'],
    ['a member and its escaped twin', '{"aud":1,"\\u0061ud":2}', 'names a member twice'],
  ])('refuses %s (RFC 8725 §3.7)', (_, text, expected) => {
    expect(flaw(text)).toBe(expected)
  })

  it.each([
    ['a byte that begins nothing', [0xff]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a character cut off', [0xe2, 0x82]],
  ])('refuses %s, which is not UTF-8 (RFC 8725 §3.7)', (_, bytes) => {
    expect(flaw(Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]))).toBe(
      'is not UTF-8',
    )
  })

  it.each(['{', '['])('admits 32 levels of %s and refuses 33 (ours)', (bracket) => {
    const nested = (levels: number) =>
      bracket === '{'
        ? `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`
        : `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    expect(flaw(nested(32))).toBeUndefined()
    expect(flaw(nested(33))).toBe('is nested too deeply')
  })

  it('refuses nesting that would overflow the stack (ours)', () => {
    const depth = 1_000_000
    expect(flaw(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toBe('is nested too deeply')
    expect(flaw(`{"a":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`)).toBe('is nested too deeply')
  })

  it('does not count brackets and colons inside texts (RFC 8259 §7)', () => {
    expect(flaw(JSON.stringify({ a: '[{'.repeat(40), 'b:c': ':::"\\":' }))).toBeUndefined()
  })

  it('keeps __proto__ as plain data (CVE-2024-34273)', () => {
    const result = parse('{"__proto__":{"aud":"x"},"a":{"__proto__":null}}')
    if (!result.ok) throw new TypeError(result.flaw)
    expect(Object.keys(result.value)).toEqual(['__proto__', 'a'])
    expect(Object.getPrototypeOf(result.value)).toBe(Object.prototype)
    expect(result.value['aud']).toBeUndefined()
  })
})

/** The members of a value, at all depths. */
function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const items = Object.values(value)
  const inner = items.reduce((sum: number, item) => sum + membersOf(item), 0)
  return inner + (Array.isArray(value) ? 0 : items.length)
}

/** A member's name with every character escaped. */
function escapedName(name: string): string {
  const escapes = name.split('').map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `"${escapes.join('')}"`
}

function isPlain(name: string): boolean {
  return !JSON.stringify(name).includes('\\')
}

describe('an object of many members', () => {
  const members = (count: number) => [...Array(count).keys()].map((i) => `"m${i}":1`)

  it.each(['', ' '])('is read up to 512, with %j before the colons, and no further (ours)', (space) => {
    const text = (count: number) => `{${members(count).join().replaceAll(':', `${space}:`)}}`
    expect(parse(text(512)).ok).toBe(true)
    expect(flaw(text(513))).toBe('has more than 512 members')
    expect(flaw(`{"deep":[{"er":${text(512)}}]}`)).toBe('has more than 512 members')
  })

  it('is no further read however few characters they take (ours)', () => {
    expect(flaw(`{"l":[${Array(512).fill('{"":0}').join()}]}`)).toBe('has more than 512 members')
    expect(flaw(`{${Array(513).fill('"":0').join()}}`)).toBe('has more than 512 members')
  })

  it('is counted by its members, and not by what is written in its texts (ours)', () => {
    expect(parse(JSON.stringify({ text: '":'.repeat(2000) })).ok).toBe(true)
  })
})

describe('member names with escapes', () => {
  it.each([
    ['of what needs none', String.raw`{"https:\/\/e.com\/\u0072oles" : 1}`, 'https://e.com/roles'],
    ['of letters beyond ASCII', String.raw`{"stra\u00dfe":1}`, 'straße'],
  ])('%s are read (RFC 8259 §7)', (_, text, name) => {
    expect(parse(text)).toEqual({ ok: true, value: { [name]: 1 } })
  })

  it.each([
    ['a quote', String.raw`{"a\"b":1}`],
    ['a backslash', String.raw`{"a\\b":1}`],
    ['a control character', String.raw`{"a\u0000":1}`],
    ['half a pair', String.raw`{"a\ud800":1}`],
    ['a quote, at depth', String.raw`{"a":[{"b":{"\"":1}}]}`],
  ])('of %s are refused: no issuer writes one (ours)', (_, text) => {
    expect(flaw(text)).toBe(ESCAPED)
  })

  it('do not become other names because of what strangers sent before, as in V8 13.6 (ours)', () => {
    const name = 'https://e.com/roles'
    const written = String.raw`{"iss":"x","https:\/\/e.com\/roles":["user"]}`
    const raw = String.raw`https:\/\/e.com\/roles`.slice(0, name.length)
    for (let i = 0; i < 5; i++) {
      parse(JSON.stringify({ iss: 'x', [raw]: ['admin'] }))
      parse(JSON.stringify({ iss: 'x', [name]: ['user'] }))
      expect(parse(written)).toEqual({ ok: true, value: { iss: 'x', [name]: ['user'] } })
    }
  })
})
