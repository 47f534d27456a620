import {
  type AuthorizationServer,
  createAuthorizationServer,
  mintTokens,
  REQUESTS,
  type TokenName,
  walk,
} from '@gatewarden/example-health-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRAMEWORKS } from '../src/frameworks.ts'
import { compared, explained } from '../src/report.ts'
import { type ServedApi, serveApi } from '../src/serve-api.ts'

let authorizationServer: AuthorizationServer
let tokens: Readonly<Record<TokenName, string>>

beforeAll(async () => {
  authorizationServer = await createAuthorizationServer()
  tokens = await mintTokens(authorizationServer)
})
afterAll(() => authorizationServer.close())

describe.each(FRAMEWORKS)('the health API in $name', (framework) => {
  let api: ServedApi
  beforeAll(async () => {
    api = await serveApi(framework, authorizationServer.issuer)
  })
  afterAll(() => api.close())

  const post = (body: string, contentType = 'application/json') =>
    fetch(`${api.url}/api/patients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.grace}`, 'content-type': contentType },
      body,
    })

  it('keeps every promised verdict', async () => {
    const verdicts = await walk(api.url, REQUESTS, tokens, api.refusals)
    expect(verdicts.filter(({ kept }) => !kept)).toEqual([])
    expect(explained([{ framework, verdicts }]).kept).toBe(true)
  })

  it('answers what it cannot read or does not know as the others do', async () => {
    expect([(await post('{"name":')).status, (await post('{}', 'text/plain')).status]).toEqual([400, 400])
    expect(await (await post('{"name":')).json()).toMatchObject({ error: 'unreadable_body' })
    expect(await (await post('{}')).json()).toMatchObject({
      error: 'invalid_patient',
      problems: { name: expect.any(String) },
    })
    expect((await fetch(`${api.url}/api/nothing`)).status).toBe(401)
    const unknown = await fetch(`${api.url}/nothing`)
    expect([unknown.status, await unknown.json()]).toEqual([404, { error: 'not_found' }])
  })
})

it('calls it a broken promise where two frameworks differ by a byte', async () => {
  const [express] = FRAMEWORKS
  if (express === undefined) throw new Error('there is no framework')
  const api = await serveApi(express, authorizationServer.issuer)
  const verdicts = await walk(api.url, REQUESTS, tokens, api.refusals)
  await api.close()
  const other = verdicts.map((verdict) => ({ ...verdict, body: `${verdict.body} ` }))
  expect(
    compared([
      { framework: express, verdicts },
      { framework: express, verdicts },
    ]).kept,
  ).toBe(true)
  const report = compared([
    { framework: express, verdicts },
    { framework: express, verdicts: other },
  ])
  expect(report.kept).toBe(false)
  expect(report.text).toContain('body differs')
})
