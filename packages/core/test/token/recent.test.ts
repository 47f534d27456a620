import { describe, expect, it } from 'vitest'
import { Recent } from '../../src/token/recent.ts'

describe('what was read from texts that come again', () => {
  it('is found by the very text, whichever came last (ours)', () => {
    const recent = new Recent<number>()
    recent.add('one', 1)
    recent.add('two', 2)
    expect(['one', 'two', 'two', 'one', 'three', 'One', '', 'one'].map((text) => recent.get(text))).toEqual([
      1,
      2,
      2,
      1,
      undefined,
      undefined,
      undefined,
      1,
    ])
  })

  it('stays what it was read as first (ours)', () => {
    const recent = new Recent<number>()
    recent.add('one', 1)
    recent.add('one', 2)
    expect(recent.get('one')).toBe(1)
  })

  it('is of that text and of none that its copy would be: half of a character is not taken (ours)', () => {
    const recent = new Recent<number>()
    recent.add('a\ud800', 1)
    expect([recent.get('a\ud800'), recent.get('a\ufffd')]).toEqual([undefined, undefined])
  })

  it('is bounded: where texts never come again, all are forgotten now and then; long ones are not taken (ours)', () => {
    const recent = new Recent<number>()
    const texts = Array.from({ length: 1000 }, (_, index) => `text ${index}`)
    for (const [index, text] of texts.entries()) recent.add(text, index)
    expect(texts.filter((text) => recent.get(text) !== undefined).length).toBeLessThanOrEqual(101)
    recent.add('x'.repeat(5000), 1)
    expect(recent.get('x'.repeat(5000))).toBeUndefined()
  })
})
