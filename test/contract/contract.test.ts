import { REASONS } from '@gatewarden/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case } from './case.ts'
import { CASES } from './cases.ts'
import type { Door } from './door.ts'
import { DOORS } from './doors.ts'
import { holdsForEveryRefusal } from './every-answer.ts'
import { type Answer, Street } from './exchange.ts'
import { createWorld, type World } from './world.ts'

let world: World
let street: Street

beforeAll(async () => {
  world = await createWorld()
  street = new Street(world)
})

afterAll(() => street.close())

for (const door of DOORS) {
  for (const [chapter, cases] of Object.entries(CASES)) {
    describe(`${door.name}, ${chapter}`, () => {
      for (const contract of cases) it(contract.name, () => judge(door, contract))
    })
  }
}

async function judge(door: Door, contract: Case): Promise<void> {
  const { api = 'standard' } = contract
  const request = await contract.request(world)
  const { answer, number } = await street.send(door, api, request)
  holdsFor(contract, answer, number)
  if (answer.status >= 400 && answer.status !== 500) holdsForEveryRefusal(answer, request)
}

function holdsFor({ expect: expected, api }: Case, answer: Answer, number: string): void {
  expect(answer.status).toBe(expected.status)
  const challenge = answer.headers['www-authenticate']
  if (expected.challenge !== undefined) expect(challenge).toBe(expected.challenge ?? undefined)
  if (expected.error === null) {
    expect(challenge).not.toContain('error')
    expect(answer.text).toBe('')
  } else if (expected.error !== undefined) {
    expect(challenge).toContain(`error="${expected.error}"`)
    expect(JSON.parse(answer.text)).toHaveProperty('error', expected.error)
  }
  if (expected.body !== undefined) expect(JSON.parse(answer.text)).toMatchObject(expected.body)
  for (const [name, value] of Object.entries(expected.headers ?? {})) expect(answer.headers[name]).toBe(value)

  const reason = street.reasons.get(number)
  if (expected.reason !== undefined) expect(reason?.code).toBe(expected.reason)
  if (expected.hint !== undefined) expect(reason?.hint).toMatch(expected.hint)
  if (expected.message !== undefined) expect(reason?.message).toMatch(expected.message)
  if (answer.status === 200) expect(reason).toBeUndefined()
  if (reason !== undefined && api !== 'hook that throws')
    expect(answer.status).toBe(REASONS[reason.code].status)
}

describe('the contract itself', () => {
  const names = Object.values(CASES).flatMap((cases) => cases.map(({ name }) => name))

  it('has at least 150 cases', () => expect(names.length).toBeGreaterThanOrEqual(150))

  it('tells them apart by name', () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('names the section or rule that each comes from', () => {
    expect(names.filter((name) => !/\([^)]+\)$/.test(name))).toEqual([])
  })
})
