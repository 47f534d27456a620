import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markOf } from '../../src/token/doorkeeper.ts'
import { type Proof, VerifiedTokens } from '../../src/token/verified-cache.ts'

const HEADER = Buffer.from('{"alg":"ES256"}').toString('base64url')
const PAYLOAD = Buffer.from('{"sub":"u"}').toString('base64url')
const SIGNATURE = Buffer.alloc(64, 7).toString('base64url')
const TOKEN = `${HEADER}.${PAYLOAD}.${SIGNATURE}`

/** With a token that was verified twice, so that it is kept. */
function keeping(...tokens: string[]): VerifiedTokens<Proof & { readonly token: string }> {
  const kept = new VerifiedTokens<Proof & { readonly token: string }>(100)
  for (const token of [...tokens, ...tokens]) kept.add(token, (proof) => ({ ...proof, token }))
  return kept
}

describe('tokens that were verified', () => {
  it('are known by all of their text: with any one character changed, none is (CVE-2026-35039)', () => {
    const kept = keeping(TOKEN)
    expect(kept.get(TOKEN)?.token).toBe(TOKEN)
    const place = fc.nat({ max: TOKEN.length - 1 })
    const character = fc.constantFrom(...'AZaz09-_.=')
    fc.assert(
      fc.property(place, character, (at, other) => {
        const changed = TOKEN.slice(0, at) + other + TOKEN.slice(at + 1)
        expect(kept.get(changed)?.token).toBe(changed === TOKEN ? TOKEN : undefined)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['another payload', `${HEADER}.${Buffer.from('{"sub":"v"}').toString('base64url')}.${SIGNATURE}`],
    ['another header', `${Buffer.from('{"alg":"ES384"}').toString('base64url')}.${PAYLOAD}.${SIGNATURE}`],
    ['no header', `.${PAYLOAD}.${SIGNATURE}`],
    ['no payload', `${HEADER}..${SIGNATURE}`],
    ['its dots elsewhere', `${HEADER}${PAYLOAD}..${SIGNATURE}`],
    ['a part more', `${TOKEN}.`],
    ['its signature alone', SIGNATURE],
    ['its signature in other letters', `${HEADER}.${PAYLOAD}.${SIGNATURE.toLowerCase()}`],
  ])('are not mistaken for one with the same signature and %s (CVE-2026-35039)', (_, other) => {
    expect(keeping(TOKEN).get(other)).toBeUndefined()
    expect(keeping(TOKEN, other).get(TOKEN)?.token).not.toBe(other)
  })

  it('are kept without their signature, and encrypted ones not at all (ours)', () => {
    expect(keeping(TOKEN).get(TOKEN)?.signed).toBe(`${HEADER}.${PAYLOAD}.`)
    const encrypted = 'a.b.c.d.e'
    const signature = hash('sha256', encrypted, 'binary')
    expect(keeping(encrypted).get(encrypted)).toEqual({ signed: '', signature, token: encrypted })
  })

  it('give way to one with the same mark, and neither is taken for the other (ours)', () => {
    const other = `${HEADER}.${Buffer.from('{"sub":"v"}').toString('base64url')}.${SIGNATURE}`
    expect(markOf(other)).toBe(markOf(TOKEN))
    const kept = keeping(TOKEN, other)
    expect([kept.get(TOKEN), kept.get(other)?.token]).toEqual([undefined, other])
  })

  it('are kept when they come a second time, and forgotten when told so (ours)', () => {
    const kept = new VerifiedTokens<Proof>(100)
    kept.add(TOKEN, (proof) => proof)
    expect(kept.get(TOKEN)).toBeUndefined()
    kept.add(TOKEN, (proof) => proof)
    expect(kept.get(TOKEN)).toBeDefined()
    kept.delete(TOKEN)
    expect(kept.get(TOKEN)).toBeUndefined()
  })
})
