import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64url, decodeInto, isAscii } from '../../src/token/base64url.ts'
import { part } from '../support.ts'

const room = Buffer.alloc(1000)

function decodeThere(text: string): Buffer | undefined {
  const length = isAscii(text) ? decodeInto(room, text) : undefined
  return length === undefined ? undefined : room.subarray(0, length)
}

it.each([
  ['in the last place', `${'a'.repeat(16_383)}\u00e4`],
  ['of three bytes each', '\uffff'.repeat(16_384)],
  ['half a character', `${'a'.repeat(16_383)}\ud841`],
  ['in a longer text', `${'a'.repeat(20_000)}\u00e4`],
])('characters beyond ASCII are seen %s, however large the text (RFC 7515 §2)', (_, text) => {
  expect(isAscii(text)).toBe(false)
  expect(isAscii('a'.repeat(text.length))).toBe(true)
})

describe.each([
  ['with memory of its own', decodeBase64url],
  ['in a place that is used again', decodeThere],
])('a text decoded %s', (_, decode) => {
  it('gives what was written (RFC 7515 §2)', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decode(part(bytes))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('is the only text for its bytes: whatever else decodes to them is refused (RFC 7515 §2)', () => {
    const unit = fc.constantFrom(...'AB+/-_=. \n\t\0\u007f\u00c1\u0100\u0141\u2041\uff21Zz09')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (candidate) => {
        const bytes = decode(candidate)
        if (bytes !== undefined) expect(part(bytes)).toBe(candidate)
        else expect(candidate).not.toBe(part(Buffer.from(candidate, 'base64url')))
      }),
      { numRuns: 20_000 },
    )
  })

  it('is refused with any one character changed to one that is not in the alphabet (RFC 7515 §2)', () => {
    const text = part(
      Buffer.from('the bytes of a token, long enough for every path of the decoder: 0123456789'),
    )
    for (const odd of [
      '+',
      '/',
      '=',
      ' ',
      '\n',
      '\0',
      '.',
      '\u0080',
      '\u00ff',
      '\u0141',
      '\u4141',
      '\ud841',
    ]) {
      for (let at = 0; at <= text.length; at++) {
        expect(decode(text.slice(0, at) + odd + text.slice(at))).toBeUndefined()
        expect(decode(text.slice(0, at) + odd + text.slice(at + 1))).toBeUndefined()
      }
    }
  })
})
