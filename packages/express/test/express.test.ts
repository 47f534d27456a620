import { createResourceServer, getAuth, RefusalError, requireJwt, requireScopes } from '@gatewarden/express'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import express, { type ErrorRequestHandler } from 'express'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { bearer, serve } from '../../../test/support/serve.ts'

let issuer: TestIssuer
let options: { issuer: string; audience: string }

beforeAll(async () => {
  issuer = await createTestIssuer()
  await issuer.listen({ path: '/tenant/' })
  options = { issuer: issuer.issuer, audience: issuer.audience }
})
afterAll(() => issuer.close())
afterEach(() => {
  issuer.restore()
  vi.unstubAllEnvs()
})

/** Status of a request to an app with one route behind `requireJwt`. */
async function statusBehind(handler: ReturnType<typeof requireJwt>, token: string): Promise<number> {
  await using api = await serve(
    express()
      .use(handler)
      .get('/', (_req, res) => void res.send('in')),
  )
  return (await fetch(api.url, bearer(token))).status
}

it('reads everything from the environment when it is given nothing (requireJwt)', async () => {
  vi.stubEnv('ISSUER_BASE_URL', issuer.issuer)
  vi.stubEnv('AUDIENCE', issuer.audience)
  expect(await statusBehind(requireJwt(), await issuer.accessToken())).toBe(200)
})

it('forgives the final slash of ISSUER_BASE_URL, and takes iss as the metadata has it (RFC 8414 §3.3)', async () => {
  vi.stubEnv('ISSUER_BASE_URL', issuer.issuer.replace(/\/$/, ''))
  vi.stubEnv('AUDIENCE', issuer.audience)
  expect(await statusBehind(requireJwt(), await issuer.accessToken())).toBe(200)
  const slashless = await issuer.accessToken({ claims: { iss: issuer.issuer.replace(/\/$/, '') } })
  expect(await statusBehind(requireJwt(), slashless)).toBe(401)
})

it('forgives no slash of ISSUER, which is exact (RFC 8414 §3.3)', async () => {
  vi.stubEnv('ISSUER', issuer.issuer.replace(/\/$/, ''))
  vi.stubEnv('AUDIENCE', issuer.audience)
  expect(await statusBehind(requireJwt(), await issuer.accessToken())).toBe(401)
})

it('reads no variable when it is given options (requireJwt)', async () => {
  vi.stubEnv('AUDIENCE', 'urn:another')
  vi.stubEnv('GATEWARDEN_ISSUER', 'https://another.test/')
  expect(await statusBehind(requireJwt(options), await issuer.accessToken())).toBe(200)
})

it('names the missing variable at boot (requireJwt)', () => {
  vi.stubEnv('ISSUER_BASE_URL', '')
  expect(() => requireJwt()).toThrow(/ISSUER_BASE_URL/)
})

it.each([
  ['ISSUER_BASE_URL', { ISSUER_BASE_URL: 'issuer.example' }],
  ['AUDIENCE', { AUDIENCE: 'ä' }],
  ['JWKS_URI', { JWKS_URI: '/jwks' }],
  ['TOKEN_SIGNING_ALG', { TOKEN_SIGNING_ALG: 'RS256,HS256', SECRET: 'x'.repeat(32) }],
  ['SECRET', { TOKEN_SIGNING_ALG: 'HS256', SECRET: 'short' }],
])('names the variable %s where its value is wrong (requireJwt)', (name, variables) => {
  const all = { ISSUER_BASE_URL: issuer.issuer, AUDIENCE: issuer.audience, ...variables }
  for (const [variable, value] of Object.entries(all)) vi.stubEnv(variable, value)
  expect(() => requireJwt()).toThrow(new RegExp(`^option \`${name}`))
})

it('fetches keys once for several mounts that share a resource server (createResourceServer)', async () => {
  issuer.resetRequests()
  const server = createResourceServer(options)
  const app = express()
  for (const path of ['/a', '/b']) app.get(path, requireJwt(server), (_req, res) => void res.send(path))
  await using api = await serve(app)
  const token = await issuer.accessToken()
  const answers = await Promise.all(['/a', '/b', '/a'].map((path) => fetch(api.url + path, bearer(token))))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(issuer.requests.jwks).toHaveLength(1)
})

it('guards routers and sub-apps that stand behind it, wherever they are mounted (Express)', async () => {
  const inner = express
    .Router()
    .get('/', requireScopes('a'), (req, res) => void res.json(getAuth(req).scopes))
  const app = express().use('/deep', express().use(requireJwt(options), express.Router().use('/er', inner)))
  await using api = await serve(app)
  const token = await issuer.accessToken({ scope: 'a b' })
  expect(await (await fetch(`${api.url}/deep/er`, bearer(token))).json()).toEqual(['a', 'b'])
  expect((await fetch(`${api.url}/deep/er?access_token=x`, bearer(token))).status).toBe(400)
})

it('leaves errors of the application to its own error handler (Express)', async () => {
  const seen: unknown[] = []
  const handler: ErrorRequestHandler = (error, _req, res, _next) => {
    seen.push(error)
    res.status(418).end()
  }
  const app = express().use(requireJwt(options))
  app.get('/', () => {
    throw new Error('of the application')
  })
  await using api = await serve(app.use(handler))
  expect((await fetch(api.url, bearer(await issuer.accessToken()))).status).toBe(418)
  expect(seen).toEqual([new Error('of the application')])
})

it('hands the programming error of an unprotected route to the error handler (Express)', async () => {
  const app = express().get('/', requireScopes('a'), (_req, res) => void res.send('in'))
  const handler: ErrorRequestHandler = (error, _req, res, _next) => void res.status(500).json(error.message)
  await using api = await serve(app.use(handler))
  expect(await (await fetch(api.url)).json()).toMatch(/not protected: put requireJwt\(\) in front/)
})

it('writes nothing where an earlier handler has begun to answer (Express)', async () => {
  const app = express().use((_req, res, next) => {
    res.status(202).write('begun, ')
    next()
    setImmediate(() => res.end('done'))
  })
  await using api = await serve(app.use(requireJwt(options)))
  const answer = await fetch(api.url)
  expect(answer.status).toBe(202)
  expect(await answer.text()).toBe('begun, done')
})

it('adds to the fields that a CORS handler exposes, instead of replacing them (Fetch, CORS protocol)', async () => {
  const app = express().use((_req, res, next) => {
    res.set('Access-Control-Expose-Headers', 'X-Request-Id')
    next()
  })
  await using api = await serve(app.use(requireJwt({ ...options, cors: true })))
  const answer = await fetch(api.url)
  expect(answer.headers.get('access-control-expose-headers')).toBe('X-Request-Id, WWW-Authenticate')
})

it('drops the verdict on a caller who hung up while keys were fetched, without a stray rejection (Express)', async () => {
  issuer.behave({ jwks: 'hang' })
  issuer.resetRequests()
  const rejections: unknown[] = []
  const note = (error: unknown) => rejections.push(error)
  process.on('unhandledRejection', note)
  const [arrived, answered] = [vi.fn(), vi.fn()]
  const app = express().use(
    (_req, _res, next) => {
      arrived()
      next()
    },
    requireJwt(options),
    (_req, res) => {
      answered()
      res.end()
    },
  )
  await using api = await serve(app)
  const caller = new AbortController()
  const request = fetch(api.url, { ...bearer(await issuer.accessToken()), signal: caller.signal })
  await vi.waitFor(() => expect(arrived).toHaveBeenCalledOnce())
  caller.abort()
  await expect(request).rejects.toThrow()
  issuer.restore()
  await vi.waitFor(() => expect(answered).toHaveBeenCalledOnce())
  process.off('unhandledRejection', note)
  expect(rejections).toEqual([])
})

it("hands refusals to the app's error handler, which keeps the challenge (refusals: throw)", async () => {
  const handler: ErrorRequestHandler = (error, _req, res, next) => {
    if (!(error instanceof RefusalError)) return next(error)
    res.status(error.status).set(error.headers).json({ mine: error.reason.code })
  }
  const app = express().use(requireJwt({ ...options, refusals: 'throw' }), requireScopes('a'))
  await using api = await serve(app.use(handler))
  const answer = await fetch(api.url, bearer(await issuer.accessToken()))
  expect(answer.status).toBe(403)
  expect(answer.headers.get('www-authenticate')).toContain('scope="a"')
  expect(await answer.json()).toEqual({ mine: 'scope_missing' })
})

it("sends status and challenge through Express's own error handler (refusals: throw)", async () => {
  const app = express()
    .set('env', 'test')
    .use(requireJwt({ ...options, refusals: 'throw' }))
  await using api = await serve(app)
  const answer = await fetch(api.url, bearer(await issuer.expired()))
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
  expect(answer.headers.get('cache-control')).toBe('no-store')
})
