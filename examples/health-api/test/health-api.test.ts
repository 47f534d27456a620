import type { Reason } from '@gatewarden/express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REQUESTS } from '../src/requests.ts'
import { type Running, start } from '../src/start.ts'
import { mintTokens, type TokenName } from '../src/tokens.ts'
import { walk } from '../src/walk.ts'

const refusals: Reason[] = []
let running: Running
let tokens: Readonly<Record<TokenName, string>>

beforeAll(async () => {
  running = await start({ port: 0, issuerPort: 0, onRefusal: (reason) => refusals.push(reason) })
  tokens = await mintTokens(running.authorizationServer)
})
afterAll(() => running.close())

describe('keeps the promised verdict', () => {
  test.each(REQUESTS.map((request) => ({ request, title: titleOf(request) })))(
    '$title',
    async ({ request }) => {
      const [verdict] = await walk(running.url, [request], tokens, refusals)
      expect(verdict).toMatchObject({ kept: true, status: request.status })
    },
  )
})

test('tells the caller and the patients', async () => {
  const response = await fetch(`${running.url}/api/patients`, { headers: bearer('ada') })
  expect(await response.json()).toMatchObject({ caller: 'ada', patients: [{ name: 'Jean Bartik' }, {}] })
})

test('keeps an admitted patient', async () => {
  const response = await admit('{"name":"Elizabeth Blackwell","born":"1821-02-03"}')
  expect(response.status).toBe(201)
  const { admittedBy, patient } = (await response.json()) as { admittedBy: string; patient: object }
  expect(admittedBy).toBe('grace')

  const list = await fetch(`${running.url}/api/patients`, { headers: bearer('grace') })
  expect(((await list.json()) as { patients: object[] }).patients).toContainEqual(patient)
})

test.each([
  ['{}', { name: 'must be a text of 1 to 100 characters', born: 'must be a date in the past, YYYY-MM-DD' }],
  ['{"name":" ","born":"1821-02-03"}', { name: 'must be a text of 1 to 100 characters' }],
  ['{"name":"A","born":"1821-02-30"}', { born: 'must be a date in the past, YYYY-MM-DD' }],
  ['{"name":"A","born":"9999-01-01"}', { born: 'must be a date in the past, YYYY-MM-DD' }],
  ['[]', { body: 'must be a JSON object, sent with Content-Type: application/json' }],
])('answers 400 and names the problems of %s', async (body, problems) => {
  const response = await admit(body)
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ error: 'invalid_patient', problems })
})

test('answers 400 to a body that is no JSON, and to one that does not say it is', async () => {
  const broken = await admit('{"name":')
  expect(broken.status).toBe(400)
  expect(await broken.json()).toMatchObject({ error: 'unreadable_body' })

  const text = await admit('{}', 'text/plain')
  expect(text.status).toBe(400)
  expect(await text.json()).toMatchObject({ error: 'invalid_patient' })
})

test('refuses before it reads the body', async () => {
  const response = await fetch(`${running.url}/api/patients`, {
    method: 'POST',
    headers: { ...bearer('ada'), 'content-type': 'application/json' },
    body: 'not JSON at all',
  })
  expect(response.status).toBe(403)
})

test('says nothing under /api without a token, not even what does not exist', async () => {
  expect((await fetch(`${running.url}/api/nothing`)).status).toBe(401)
  expect((await fetch(`${running.url}/nothing`)).status).toBe(404)
})

function bearer(token: TokenName): { authorization: string } {
  return { authorization: `Bearer ${tokens[token]}` }
}

function admit(body: string, contentType = 'application/json'): Promise<Response> {
  const headers = { ...bearer('grace'), 'content-type': contentType }
  return fetch(`${running.url}/api/patients`, { method: 'POST', headers, body })
}

function titleOf({ status, method, path, token, inQuery }: (typeof REQUESTS)[number]): string {
  return `${status} to ${method} ${path} with ${token ?? 'no token'}${inQuery ? ' in the query' : ''}`
}
