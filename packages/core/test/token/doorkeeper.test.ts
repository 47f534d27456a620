import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Doorkeeper } from '../../src/token/doorkeeper.ts'

const token = () => `header.payload.${randomBytes(32).toString('base64url')}`

describe('the marks of tokens that were verified', () => {
  it('are known once noted, and hardly any other is taken for one (ours)', () => {
    const doorkeeper = new Doorkeeper(5000)
    const tokens = Array.from({ length: 5000 }, token)
    for (const one of tokens) doorkeeper.note(one)
    expect(tokens.filter((one) => doorkeeper.knows(one)).length).toBeGreaterThan(4950)
    expect(Array.from({ length: 5000 }, token).filter((one) => doorkeeper.knows(one)).length).toBeLessThan(5)
  })

  it('make room for newer ones without growing (ours)', () => {
    const doorkeeper = new Doorkeeper(1)
    for (let i = 0; i < 1000; i++) doorkeeper.note(token())
    const last = token()
    doorkeeper.note(last)
    expect(doorkeeper.knows(last)).toBe(true)
  })

  it.each(['', 'a', 'short'])('take any text: %j (ours)', (text) => {
    const doorkeeper = new Doorkeeper(10)
    expect(doorkeeper.knows(text)).toBe(false)
    doorkeeper.note(text)
    expect(doorkeeper.knows(text)).toBe(true)
  })
})
