import { createResourceServer, getAuth, RefusalError, requireJwt, requireScopes } from '@gatewarden/koa'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import Router from '@koa/router'
import Koa from 'koa'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { bearer, serve } from '../../../test/support/serve.ts'

let issuer: TestIssuer
let options: { issuer: string; audience: string }

beforeAll(async () => {
  issuer = await createTestIssuer()
  await issuer.listen()
  options = { issuer: issuer.issuer, audience: issuer.audience }
})
afterAll(() => issuer.close())
afterEach(() => {
  issuer.restore()
  vi.unstubAllEnvs()
})

function quiet(): Koa {
  const app = new Koa()
  app.silent = true
  return app
}

it('stands in front of a router, and guards stand on its routes (@koa/router)', async () => {
  const router = new Router().get('/patients', requireScopes('read:patients'), (ctx) => {
    ctx.body = { caller: ctx.state.auth?.subject, same: getAuth(ctx) === ctx.state.auth }
  })
  await using api = await serve(quiet().use(requireJwt(options)).use(router.routes()).callback())
  const allowed = await fetch(
    `${api.url}/patients`,
    bearer(await issuer.accessToken({ scope: 'read:patients' })),
  )
  expect(await allowed.json()).toEqual({ caller: 'user-1', same: true })
  expect((await fetch(`${api.url}/patients`, bearer(await issuer.accessToken()))).status).toBe(403)
  expect((await fetch(`${api.url}/patients`)).status).toBe(401)
})

it('stands inside a router, for some of its routes (@koa/router)', async () => {
  const router = new Router()
  router.get('/open', (ctx) => {
    ctx.body = 'open'
  })
  router.use('/closed', requireJwt(options))
  router.get('/closed/me', (ctx) => {
    ctx.body = ctx.state.auth?.subject
  })
  await using api = await serve(quiet().use(router.routes()).callback())
  expect(await (await fetch(`${api.url}/open`)).text()).toBe('open')
  expect((await fetch(`${api.url}/closed/me`)).status).toBe(401)
  expect(await (await fetch(`${api.url}/closed/me`, bearer(await issuer.accessToken()))).text()).toBe(
    'user-1',
  )
})

it('keeps its answer where the app hides the messages of errors (Koa)', async () => {
  const app = quiet().use(async (ctx, next) => {
    try {
      await next()
    } catch {
      ctx.status = 500
      ctx.body = 'hidden'
    }
  })
  await using api = await serve(app.use(requireJwt(options)).callback())
  const answer = await fetch(api.url, bearer(await issuer.expired()))
  expect(answer.status).toBe(401)
  expect(await answer.json()).toEqual({ error: 'invalid_token', error_description: 'The token is expired' })
})

it('reads everything from the environment when it is given nothing (requireJwt)', async () => {
  vi.stubEnv('GATEWARDEN_ISSUER', issuer.issuer)
  vi.stubEnv('GATEWARDEN_AUDIENCE', issuer.audience)
  vi.stubEnv('AUDIENCE', 'urn:another')
  const app = quiet()
    .use(requireJwt())
    .use((ctx) => {
      ctx.body = 'in'
    })
  await using api = await serve(app.callback())
  expect(await (await fetch(api.url, bearer(await issuer.accessToken()))).text()).toBe('in')
})

it("throws refusals with status, fields and reason to the app's own handler (refusals: throw)", async () => {
  const app = quiet().use(async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      ctx.status = error.status
      ctx.set({ ...error.headers })
      ctx.body = { mine: error.reason.code, expose: error.expose }
    }
  })
  app.use(requireJwt({ ...options, refusals: 'throw' })).use(requireScopes('a'))
  await using api = await serve(app.callback())
  const answer = await fetch(api.url, bearer(await issuer.accessToken()))
  expect(answer.status).toBe(403)
  expect(answer.headers.get('www-authenticate')).toContain('scope="a"')
  expect(await answer.json()).toEqual({ mine: 'scope_missing', expose: true })
})

it("sends status and challenge through Koa's own error handler (refusals: throw)", async () => {
  await using api = await serve(
    quiet()
      .use(requireJwt({ ...options, refusals: 'throw' }))
      .callback(),
  )
  const answer = await fetch(api.url, bearer(await issuer.expired()))
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.text()).toBe('The token is expired')
})

it("hides what is the operator's where keys cannot be had (refusals: throw)", async () => {
  const server = createResourceServer({ issuer: 'http://127.0.0.1:1', audience: 'a', refusals: 'throw' })
  await using api = await serve(quiet().use(requireJwt(server)).callback())
  const answer = await fetch(
    api.url,
    bearer(await issuer.accessToken({ claims: { iss: 'http://127.0.0.1:1' } })),
  )
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await answer.text()).toBe('Service Unavailable')
})

it('writes nothing where an earlier middleware has answered by itself (Koa)', async () => {
  const app = quiet().use((ctx, next) => {
    ctx.respond = false
    ctx.res.end('mine')
    return next()
  })
  await using api = await serve(app.use(requireJwt(options)).callback())
  expect(await (await fetch(api.url)).text()).toBe('mine')
})

it.each(['/closed/me', '/CLOSED/me', '/closed/me/', '/Closed/ME'])(
  'guards %s too, where it is mounted on a path of a router (@koa/router)',
  async (path) => {
    const router = new Router()
    router.use('/closed', requireJwt(options))
    router.get('/closed/me', (ctx) => {
      ctx.body = 'in'
    })
    await using api = await serve(quiet().use(router.routes()).callback())
    expect((await fetch(api.url + path)).status).toBe(401)
  },
)

it('never serves a guarded route that a prefixed router let past its own middleware (@koa/router)', async () => {
  const router = new Router({ prefix: '/closed' })
  router.use(requireJwt(options))
  router.get('/me', requireScopes('a'), (ctx) => {
    ctx.body = 'in'
  })
  await using api = await serve(quiet().use(router.routes()).callback())
  expect((await fetch(`${api.url}/closed/me`)).status).toBe(401)
  expect(
    (await fetch(`${api.url}/CLOSED/me`, bearer(await issuer.accessToken({ scope: 'a' })))).status,
  ).not.toBe(200)
})
