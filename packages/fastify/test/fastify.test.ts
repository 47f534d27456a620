import fastifyAuth from '@fastify/auth'
import gatewarden, { authorize, getAuth, requireScopes, scopes, verify } from '@gatewarden/fastify'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'

let issuer: TestIssuer
let options: { issuer: string; audience: string }
let app: FastifyInstance

beforeAll(async () => {
  issuer = await createTestIssuer()
  await issuer.listen()
  options = { issuer: issuer.issuer, audience: issuer.audience }
})
afterAll(() => issuer.close())
afterEach(async () => {
  issuer.restore()
  vi.unstubAllEnvs()
  await app.close()
})

/** Answer of the app to a request with a token, or with none. */
async function ask(url: string, token?: string, method: 'GET' | 'POST' = 'GET') {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return app.inject({ method, url, headers })
}

it('guards routes that were declared before it, routes behind it, and unknown ones (Fastify)', async () => {
  app = fastify()
  app.get('/before', async () => 'in')
  await app.register(gatewarden, options)
  app.get('/behind', async (request) => request.auth?.subject)
  for (const url of ['/before', '/behind', '/unknown']) expect((await ask(url)).statusCode).toBe(401)
  const token = await issuer.accessToken()
  expect((await ask('/before', token)).body).toBe('in')
  expect((await ask('/behind', token)).body).toBe('user-1')
  expect((await ask('/unknown', token)).statusCode).toBe(404)
})

it('leaves public routes of a guarded context alone (config.public)', async () => {
  app = fastify()
  await app.register(gatewarden, options)
  app.get('/health', { config: { public: true } }, async (request) => ({ auth: request.auth }))
  expect((await ask('/health')).json()).toEqual({ auth: null })
  expect((await ask('/health', 'garbage')).statusCode).toBe(200)
})

it('guards a child context only, where it is registered there (Fastify, encapsulation)', async () => {
  app = fastify()
  await app.register(async (child) => {
    await child.register(gatewarden, options)
    child.get('/inside', async () => 'in')
  })
  app.get('/outside', async () => 'in')
  expect((await ask('/inside')).statusCode).toBe(401)
  expect((await ask('/outside')).statusCode).toBe(200)
})

it('takes a second, stricter one in a child context: a request must pass both (Fastify)', async () => {
  app = fastify()
  await app.register(gatewarden, options)
  app.get('/outer', async () => 'in')
  await app.register(async (child) => {
    await child.register(gatewarden, { ...options, clients: ['console'] })
    child.get('/inner', async (request) => getAuth(request).clientId)
  })
  const anyone = await issuer.accessToken()
  expect((await ask('/outer', anyone)).statusCode).toBe(200)
  expect((await ask('/inner', anyone)).statusCode).toBe(403)
  expect((await ask('/inner', await issuer.accessToken({ clientId: 'console' }))).body).toBe('console')
})

it('says what is wrong when it is registered twice in one context (Fastify)', async () => {
  app = fastify()
  await app.register(gatewarden, options)
  await expect(async () => app.register(gatewarden, options)).rejects.toThrow(
    /twice in one context.*child context/,
  )
})

it('names the option at fault when the app starts (ConfigurationError)', async () => {
  app = fastify()
  await expect(async () => app.register(gatewarden, { ...options, audience: '' })).rejects.toThrow(
    /`audience`/,
  )
})

it('reads everything from the environment when it is given nothing (requireJwt)', async () => {
  vi.stubEnv('ISSUER_BASE_URL', issuer.issuer)
  vi.stubEnv('AUDIENCE', issuer.audience)
  app = fastify()
  await app.register(gatewarden)
  app.get('/', async () => 'in')
  expect((await ask('/', await issuer.accessToken())).body).toBe('in')
})

it('starts while no issuer is in reach, and answers 503 until one is (RFC 9110 §15.6.4)', async () => {
  app = fastify()
  await app.register(gatewarden, { issuer: 'http://127.0.0.1:1', audience: issuer.audience })
  app.get('/', async () => 'in')
  await app.ready()
  const answer = await ask('/', await issuer.accessToken({ claims: { iss: 'http://127.0.0.1:1' } }))
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5'])
})

it('refuses before the body is read (onRequest)', async () => {
  const parsed = vi.fn()
  app = fastify()
  app.addContentTypeParser('text/x', (_request, _payload, done) => {
    parsed()
    done(null)
  })
  await app.register(gatewarden, options)
  app.post('/', { onRequest: requireScopes('a') }, async () => 'in')
  const headers = { authorization: `Bearer ${await issuer.accessToken()}`, 'content-type': 'text/x' }
  expect((await app.inject({ method: 'POST', url: '/', headers, payload: 'x' })).statusCode).toBe(403)
  expect(parsed).not.toHaveBeenCalled()
})

it('answers 500 where a guard stands on a public route, which nobody judged (Gatewarden)', async () => {
  app = fastify()
  await app.register(gatewarden, options)
  app.get('/', { config: { public: true }, onRequest: requireScopes('a') }, async () => 'in')
  const answer = await ask('/', await issuer.accessToken({ scope: 'a' }))
  expect(answer.statusCode).toBe(500)
  expect(answer.json().message).toMatch(/not protected/)
})

it('tries the next function of @fastify/auth when one refuses (relation or)', async () => {
  app = fastify()
  await app.register(fastifyAuth)
  await app.register(gatewarden, options)
  const apiKey = async (request: { headers: object }) => {
    if (!('x-api-key' in request.headers)) throw new Error('no key')
  }
  await app.after()
  const onRequest = app.auth([apiKey, verify(scopes('admin')), verify(scopes('a'))], { relation: 'or' })
  app.get('/', { config: { public: true }, onRequest }, async (request) => ({
    caller: request.auth?.subject ?? 'key',
  }))
  expect((await ask('/', await issuer.accessToken({ scope: 'a' }))).json()).toEqual({ caller: 'user-1' })
  expect((await app.inject({ url: '/', headers: { 'x-api-key': '1' } })).json()).toEqual({ caller: 'key' })
  const refused = await ask('/', await issuer.accessToken({ scope: 'x' }))
  expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([
    403,
    expect.stringContaining('scope="a"'),
  ])
  expect((await ask('/')).statusCode).toBe(401)
})

it('asks all functions of @fastify/auth where all must pass (relation and)', async () => {
  app = fastify()
  await app.register(fastifyAuth)
  await app.register(gatewarden, options)
  await app.after()
  const onRequest = app.auth([verify(), verify(scopes('a'))], { relation: 'and' })
  app.get('/', { config: { public: true }, onRequest }, async () => 'in')
  expect((await ask('/', await issuer.accessToken({ scope: 'a' }))).statusCode).toBe(200)
  expect((await ask('/', await issuer.accessToken({ scope: 'b' }))).statusCode).toBe(403)
})

it("hands refusals to the app's error handler, which keeps the challenge (refusals: throw)", async () => {
  app = fastify()
  app.setErrorHandler(
    (
      error: Error & { statusCode: number; headers: Record<string, string>; reason: { code: string } },
      _request,
      reply,
    ) => reply.code(error.statusCode).headers(error.headers).send({ mine: error.reason.code }),
  )
  await app.register(gatewarden, { ...options, refusals: 'throw' })
  app.get('/', { onRequest: authorize(scopes('a')) }, async () => 'in')
  const anonymous = await ask('/')
  expect(anonymous.json()).toEqual({ mine: 'no_credentials' })
  expect(anonymous.headers['www-authenticate']).toBe(`Bearer realm="${issuer.audience}"`)
  const short = await ask('/', await issuer.accessToken())
  expect([short.statusCode, short.json()]).toEqual([403, { mine: 'scope_missing' }])
  expect(short.headers['www-authenticate']).toContain('scope="a"')
})

it("sends status and challenge through Fastify's own error handler (refusals: throw)", async () => {
  app = fastify()
  await app.register(gatewarden, { ...options, refusals: 'throw' })
  app.get('/', async () => 'in')
  const answer = await ask('/', await issuer.expired())
  expect(answer.statusCode).toBe(401)
  expect(answer.headers['www-authenticate']).toContain('error="invalid_token"')
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.json()).toMatchObject({ message: 'The token is expired' })
  expect(answer.body).not.toMatch(/hint|exp /)
})
