import fc from 'fast-check'
import { expect, it } from 'vitest'
import { outcome } from '../support.ts'
import { api, issuer, P256, RSA } from './world.ts'

const server = api()
const signed = await issuer.accessToken()
const tokens = await Promise.all(
  [RSA, P256].map(({ publicKey }) => issuer.encrypt(signed, { key: publicKey })),
)
const token = fc.constantFrom(...tokens)
const REFUSED = /^(401|400) /

/** Each part has its turn: the header and the tag are short, the ciphertext is not. */
const place = fc.record({ token, part: fc.nat(4), at: fc.double({ min: 0, max: 0.9999, noNaN: true }) })

it('an encrypted token with any bit of any part changed is refused (RFC 7516 §5.2)', async () => {
  await fc.assert(
    fc.asyncProperty(place, fc.nat(7), async ({ token: text, part, at }, bit) => {
      const parts = text.split('.').map((piece) => Buffer.from(piece, 'base64url'))
      const bytes = parts[part] ?? Buffer.alloc(0)
      const index = Math.floor(at * bytes.length)
      fc.pre(bytes.length > 0)
      bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
      const changed = parts.map((piece) => piece.toString('base64url')).join('.')
      expect(await outcome(server, changed)).toMatch(REFUSED)
    }),
    { numRuns: 500 },
  )
})

it('an encrypted token with any character of any part put in, taken out or changed is refused (RFC 7516 §5.2)', async () => {
  const character = fc.constantFrom(...'ABab09-_+/=.~\u00e4')
  await fc.assert(
    fc.asyncProperty(
      place,
      character,
      fc.nat(1),
      fc.nat(1),
      async ({ token: text, part, at }, other, cut, put) => {
        const parts = text.split('.')
        const piece = parts[part] ?? ''
        const index = Math.floor(at * piece.length)
        parts[part] = piece.slice(0, index) + (put === 1 ? other : '') + piece.slice(index + cut)
        const changed = parts.join('.')
        fc.pre(changed !== text)
        expect(await outcome(server, changed)).toMatch(REFUSED)
      },
    ),
    { numRuns: 500 },
  )
})

it('parts of two encryptions of one token do not fit together (RFC 7516 §5.1)', async () => {
  const [one, other] = [tokens[0] ?? '', await issuer.encrypt(signed, { key: RSA.publicKey })].map((text) =>
    text.split('.'),
  )
  for (let mix = 1; mix < 31; mix++) {
    const text = one?.map((piece, at) => ((mix >> at) & 1 ? other?.[at] : piece)).join('.') ?? ''
    // The headers are the same: alone, one stands for the other.
    const whole = mix === 1 || mix === 30
    expect(await outcome(server, text)).toMatch(whole ? /^admitted$/ : REFUSED)
  }
})
