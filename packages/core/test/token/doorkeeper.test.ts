import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Doorkeeper, markOf } from '../../src/token/doorkeeper.ts'

const mark = () => markOf(`header.payload.${randomBytes(32).toString('base64url')}`)

describe('the marks of tokens that were verified', () => {
  it('are known once noted, and hardly any other is taken for one (ours)', () => {
    const doorkeeper = new Doorkeeper(5000)
    const marks = Array.from({ length: 5000 }, mark)
    for (const one of marks) doorkeeper.note(one)
    expect(marks.filter((one) => doorkeeper.knows(one)).length).toBeGreaterThan(4950)
    expect(Array.from({ length: 5000 }, mark).filter((one) => doorkeeper.knows(one)).length).toBeLessThan(5)
  })

  it('make room for newer ones without growing (ours)', () => {
    const doorkeeper = new Doorkeeper(1)
    for (let i = 0; i < 1000; i++) doorkeeper.note(mark())
    const last = mark()
    doorkeeper.note(last)
    expect(doorkeeper.knows(last)).toBe(true)
  })

  it.each(['', 'a', 'short'])('take any text: %j (ours)', (text) => {
    const doorkeeper = new Doorkeeper(10)
    const one = markOf(text)
    expect(doorkeeper.knows(one)).toBe(false)
    doorkeeper.note(one)
    expect(doorkeeper.knows(one)).toBe(true)
  })
})
