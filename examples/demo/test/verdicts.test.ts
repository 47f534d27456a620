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

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/vnd.api+json'])(
    'says that a body of type %s is no JSON',
    async (contentType) => {
      const response = await post('{"name":"Mary Seacole","born":"1805-11-23"}', contentType)
      expect([response.status, await response.json()]).toEqual([
        400,
        {
          error: 'invalid_patient',
          problems: { body: 'must be a JSON object, sent with Content-Type: application/json' },
        },
      ])
    },
  )

  it('answers 413 to a body of more than 100 kB', async () => {
    const response = await post(JSON.stringify({ name: 'x'.repeat(100 * 1024) }))
    expect([response.status, await response.json()]).toMatchObject([413, { error: 'unreadable_body' }])
  })

  it('refuses before it reads the body', async () => {
    const response = await fetch(`${api.url}/api/patients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.ada}`, 'content-type': 'application/json' },
      body: 'not JSON at all',
    })
    expect(response.status).toBe(403)
  })

  it.each([
    ['GET', '/api'],
    ['GET', '/api/'],
    ['GET', '/api/nothing/at/all'],
    ['HEAD', '/api/patients'],
    ['DELETE', '/api/patients'],
    ['OPTIONS', '/api/patients'],
  ])('asks for a token before it says whether there is a %s %s', async (method, path) => {
    expect((await fetch(`${api.url}${path}`, { method })).status).toBe(401)
  })

  it.each(['GET', 'PUT'])('answers 404 to %s where it has no such route', async (method) => {
    const headers = { authorization: `Bearer ${tokens.grace}` }
    for (const [path, sent] of [
      ['/api/nothing', { headers }],
      ['/apiary', {}],
    ] as const) {
      const response = await fetch(`${api.url}${path}`, { method, ...sent })
      expect([response.status, await response.json()]).toEqual([404, { error: 'not_found' }])
    }
  })

  it.each(['/API/patients', '/api/patients/', '//api/patients', '/%61pi/patients', '/api%2Fpatients'])(
    'does not open to who writes the path as %s',
    async (path) => {
      expect([401, 404]).toContain((await fetch(`${api.url}${path}`)).status)
    },
  )
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
