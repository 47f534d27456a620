import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CASES } from './cases.ts'
import { DOORS } from './doors.ts'
import { type Answer, Street } from './exchange.ts'
import { createWorld, type World } from './world.ts'

let world: World
let street: Street

beforeAll(async () => {
  world = await createWorld()
  street = new Street(world)
})

afterAll(() => street.close())

/** What must be the same behind every framework. The body of a 500 is the framework's own business. */
function behaviour({ status, headers, text }: Answer) {
  const fields = [
    'www-authenticate',
    'cache-control',
    'retry-after',
    'access-control-expose-headers',
    'pragma',
    'expires',
  ]
  const refusal = status >= 400 && status < 600 && status !== 500
  return {
    status,
    fields: fields.map((name) => [name, headers[name]]),
    body: status === 500 ? undefined : text,
    type: refusal ? headers['content-type'] : undefined,
    length: refusal ? headers['content-length'] : undefined,
  }
}

describe('one verdict behind every framework, to the byte', () => {
  for (const contract of Object.values(CASES).flat()) {
    it(contract.name, async () => {
      const request = await contract.request(world)
      const answers = await Promise.all(
        DOORS.map(async (door) => {
          const { answer } = await street.send(door, contract.api ?? 'standard', request)
          return [door.name, behaviour(answer)] as const
        }),
      )
      const [first] = answers
      for (const [name, answer] of answers) expect([name, answer]).toEqual([name, first?.[1]])
    })
  }
})
