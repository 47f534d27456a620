import type { ResourceServer } from '@gatewarden/core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseRequest } from './case.ts'
import { CASES } from './cases.ts'
import { type ApiName, createApi, createWorld, type World } from './world.ts'

let world: World
const apis = new Map<ApiName, ResourceServer>()

beforeAll(async () => {
  world = await createWorld()
})

function api(name: ApiName): ResourceServer {
  const known = apis.get(name) ?? createApi(name, world, new Map())
  apis.set(name, known)
  return known
}

/** The token of a request whose credentials are one token in the usual place; `undefined` where there is more to them. */
function tokenOf({ headers = [], path = '' }: CaseRequest): string | undefined {
  const fields = headers.filter(([name]) => name.toLowerCase() === 'authorization')
  const [field] = fields
  if (field === undefined || fields.length > 1 || path.includes('access_token')) return undefined
  return /^Bearer (\S+)$/.exec(field[1])?.[1]
}

const view = (token: string) => ({
  method: 'GET',
  query: '',
  header: (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : []),
})

describe('explain() and authenticate() agree on every token of the contract', () => {
  let explained = 0
  for (const contract of Object.values(CASES).flat()) {
    it(contract.name, async () => {
      const token = tokenOf(await contract.request(world))
      if (token === undefined || contract.api === 'gateway') return
      explained++
      await compare(api(contract.api ?? 'standard'), token)
    })
  }

  it('and there are many of them', () => {
    expect(explained).toBeGreaterThan(250)
  })
})

async function compare(server: ResourceServer, token: string): Promise<void> {
  const decision = await server.authenticate(view(token))
  const explanation = await server.explain(token)
  const reason = decision.ok ? undefined : decision.reason
  expect([explanation.admitted, explanation.reason?.toString()]).toEqual([decision.ok, reason?.toString()])
  expect(JSON.stringify(explanation.auth)).toBe(JSON.stringify(decision.ok ? decision.auth : undefined))
  expect(explanation.checks.find(({ status }) => status === 'failed')?.code).toBe(reason?.code)
  const signature = token.split('.')[2] ?? ''
  if (signature.length > 20) expect(`${JSON.stringify(explanation)}${explanation}`).not.toContain(signature)
}
