import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Reason } from '../../src/reason.ts'
import { parseCompact } from '../../src/token/compact.ts'
import { codeOf, part } from '../support.ts'

const HEADER = '{"alg":"ES256"}'
const token = (
  header: string | Uint8Array = HEADER,
  payload: string | Uint8Array = '{}',
  signature = 'AAAA',
) => `${part(header)}.${part(payload)}.${signature}`
const parsed = (text: string) => {
  const result = parseCompact(text)
  if (result instanceof Reason) throw new TypeError(`${result}`)
  return result
}

describe('parseCompact', () => {
  it('takes a token apart and leaves what is signed as it was sent (RFC 7515 §5.2)', () => {
    const text = token(' {"alg":"ES256","kid":"1"} ', '{"iss":"x", "n":[1]}')
    expect(parsed(text)).toEqual({
      header: { alg: 'ES256', kid: '1' },
      headerText: text.slice(0, text.indexOf('.')),
      payloadText: part('{"iss":"x", "n":[1]}'),
      claims: { iss: 'x', n: [1] },
      signingInput: text.slice(0, text.lastIndexOf('.')),
      signature: Buffer.from([0, 0, 0]),
    })
  })

  it('admits an empty signature as no bytes, for the signature check to refuse (RFC 7515 §7.1)', () => {
    expect(parsed(token(HEADER, '{}', '')).signature).toHaveLength(0)
  })

  it('takes a payload that is longer than the place where parts are decoded, and a short one after it (ours)', () => {
    const long = 'ä'.repeat(20_000)
    expect(parsed(token(HEADER, JSON.stringify({ long }))).claims).toEqual({ long })
    expect(parsed(token(HEADER, '{"a":1}')).claims).toEqual({ a: 1 })
  })

  it('judges a payload by its own bytes, and not by what was decoded before (ours)', () => {
    expect(codeOf(parseCompact(token(HEADER, Buffer.alloc(9000, 0xff))))).toBe('malformed_token')
    expect(parsed(token(HEADER, '{"a":"\ufffd"}')).claims).toEqual({ a: '\ufffd' })
  })

  it.each([
    ['no dot', 'abc', 'opaque_token'],
    ['one dot', 'abc.def', 'opaque_token'],
    ['nothing at all', '', 'opaque_token'],
    ['four parts', 'a.b.c.d', 'opaque_token'],
    ['five parts', 'a.b.c.d.e', 'encrypted_token'],
    ['five empty parts', '....', 'encrypted_token'],
    ['six parts', 'a.b.c.d.e.f', 'opaque_token'],
    ['two dots and nothing else', '..', 'malformed_token'],
    ['a JSON serialization', '{"payload":"e30","signature":""}', 'opaque_token'],
  ])('refuses %s (RFC 7515 §7.1)', (_, text, code) => {
    expect(codeOf(parseCompact(text))).toBe(code)
  })

  it.each([
    ['padding in the header', `${part('{"alg":"ES256"} ')}==.e30.AAAA`],
    ['padding in the payload', `${part(HEADER)}.e30=.AAAA`],
    ['padding in the signature', token(HEADER, '{}', 'AA==')],
    ['loose bits in the signature', token(HEADER, '{}', 'AB')],
    ['loose bits in the payload', `${part(HEADER)}.e31.AAAA`],
    ['a signature length that no bytes have', token(HEADER, '{}', 'AAAAA')],
    ['the base64 alphabet', token(HEADER, '{}', '+/AA')],
    ['a space', token(HEADER, '{}', 'AA AA')],
    ['a line feed', token(HEADER, '{}', 'AAAA\n')],
    ['a letter beyond ASCII', token(HEADER, '{}', 'AAAĀ')],
    ['a letter that the decoder takes for A', token(HEADER, '{}', 'AAAŁ')],
    ['such a letter in the payload', `${part(HEADER)}.${part('{"a":"A"}').replace('Q', 'ő')}.AAAA`],
    ['a NUL', token(HEADER, '{}', 'AAA\0')],
  ])('refuses %s (RFC 7515 §2)', (_, text) => {
    expect(codeOf(parseCompact(text))).toBe('malformed_token')
  })

  it.each([
    ['a duplicate claim', HEADER, '{"aud":"a","aud":"b"}'],
    ['a duplicate claim at depth', HEADER, '{"act":{"sub":"a","sub":"b"}}'],
    ['a duplicate header parameter', '{"alg":"none","alg":"ES256"}', '{}'],
    ['a byte order mark in the payload', HEADER, '\ufeff{}'],
    ['a byte order mark in the header', `\ufeff${HEADER}`, '{}'],
    ['invalid UTF-8 in the payload', HEADER, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['an infinite exp', HEADER, '{"exp":1e400}'],
    ['33 levels', HEADER, `${'{"a":'.repeat(32)}{}${'}'.repeat(32)}`],
    ['a payload that is a list', HEADER, '[]'],
    ['a payload that is no JSON', HEADER, 'hello'],
    ['a header that is null', 'null', '{}'],
    ['a header without alg', '{}', '{}'],
    ['a header with alg null', '{"alg":null}', '{}'],
    ['a header with an alg that is a list', '{"alg":["ES256"]}', '{}'],
    ['a header with a kid that is a number', '{"alg":"ES256","kid":1}', '{}'],
    ['a header with a kid that is null', '{"alg":"ES256","kid":null}', '{}'],
    ['a header whose alg stands in __proto__', '{"__proto__":{"alg":"ES256"}}', '{}'],
  ])('refuses %s (RFC 8725 §3.7)', (_, header, payload) => {
    expect(codeOf(parseCompact(token(header, payload)))).toBe('malformed_token')
  })

  it.each(['["exp"]', '[]', 'null', '["b64"]', '["exp","exp"]', '"exp"', '{}'])(
    'refuses the header parameter crit %s: no extension is understood (RFC 7515 §4.1.11)',
    (crit) => {
      expect(codeOf(parseCompact(token(`{"alg":"ES256","crit":${crit},"exp":1}`)))).toBe('critical_header')
    },
  )

  it.each(['true', 'false', 'null'])('refuses the header parameter b64 %s (RFC 7797 §3)', (b64) => {
    expect(codeOf(parseCompact(token(`{"alg":"ES256","b64":${b64}}`)))).toBe('critical_header')
  })

  it('decodes a header of 4096 characters and none longer (ours)', () => {
    const header = (bytes: number) => `{"alg":"ES256","x":"${'y'.repeat(bytes - 22)}"}`
    expect(part(header(3072))).toHaveLength(4096)
    expect(codeOf(parseCompact(token(header(3072))))).toBe('admitted')
    expect(codeOf(parseCompact(token(header(3073))))).toBe('malformed_token')
  })

  it.each(['__proto__', 'constructor', 'toString'])(
    'takes the claim and the kid %s as data (CVE-2024-34273)',
    (name) => {
      const { header, claims } = parsed(
        token(`{"alg":"ES256","kid":"${name}"}`, `{"${name}":{"sub":"admin"}}`),
      )
      expect(header.kid).toBe(name)
      expect(Object.hasOwn(claims, name)).toBe(true)
      expect(claims['sub']).toBeUndefined()
    },
  )

  it('answers a token or a reason for any text, and never throws (ours)', () => {
    const pieces = fc.array(
      fc.constantFrom('.', part(HEADER), 'e30', 'AA', '=', '"', 'é', ' ', '{', part('{"a":')),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          pieces.map((list) => list.join('')),
        ),
        (text) => {
          const result = parseCompact(text)
          expect(result instanceof Reason || typeof result.header.alg === 'string').toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
