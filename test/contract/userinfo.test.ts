import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import {
  createResourceServer,
  getAuth,
  type ResourceServer,
  requireJwt,
  UserinfoError,
} from '@gatewarden/express'
import gatewarden from '@gatewarden/fastify'
import { requireJwt as koaRequireJwt } from '@gatewarden/koa'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import express from 'express'
import fastify from 'fastify'
import Koa from 'koa'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

type Make = (server: ResourceServer) => RequestListener | Promise<RequestListener>

/** An API whose one handler asks for user information and catches nothing, with the framework's default error handler. */
const APPS: Readonly<Record<string, Make>> = {
  Express(server) {
    const app = express().set('env', 'test').use(requireJwt(server))
    return app.get('/', async (req, res) => void res.json(await server.userinfo(getAuth(req))))
  },
  async Fastify(server) {
    const app = fastify()
    await app.register(gatewarden, server)
    app.get('/', async (req) => server.userinfo(getAuth(req.raw)))
    await app.ready()
    return (incoming: IncomingMessage, response: ServerResponse) => app.routing(incoming, response)
  },
  Koa(server) {
    const app = new Koa()
    app.silent = true
    app.use(koaRequireJwt(server))
    app.use(async (ctx) => {
      ctx.body = await server.userinfo(getAuth(ctx.req))
    })
    return app.callback()
  },
}

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256'] })
  await issuer.listen()
})
afterAll(() => issuer.close())

describe.each(Object.entries(APPS))('%s with a handler that asks for user information', (_, make) => {
  const answerTo = async (userinfo: Parameters<TestIssuer['behave']>[0]['userinfo'], audience?: string) => {
    issuer.behave({ userinfo: userinfo ?? 'ok' })
    const server = createResourceServer({ issuer: issuer.issuer, audience: issuer.audience })
    const token = await issuer.accessToken({
      audience: audience ?? [issuer.audience, issuer.userinfoEndpoint],
    })
    return request(await make(server))
      .get('/')
      .auth(token, { type: 'bearer' })
  }

  it('answers with it', async () => {
    expect(await answerTo('ok')).toMatchObject({ status: 200, body: { sub: 'user-1' } })
  })

  it('answers with no 401 where nobody catches the error, and with nothing of the issuer (ours)', async () => {
    const unavailable = await answerTo({ status: 429, headers: { 'retry-after': '7' } })
    expect([unavailable.status, unavailable.headers['retry-after']]).toEqual([503, '7'])
    expect((await answerTo({ status: 401 })).status).toBe(502)
    const other = await answerTo({ metadata: { sub: 'user-2' } })
    expect(other.status).toBe(502)
    expect((await answerTo('ok', issuer.audience)).status).toBe(500)
    for (const { headers, text } of [unavailable, other]) {
      expect(headers).not.toHaveProperty('www-authenticate')
      expect(text).not.toMatch(/127\.0\.0\.1|user-2/)
    }
  })
})

it('the error has a type, which the application imports from its adapter', async () => {
  const server = createResourceServer({ issuer: issuer.issuer, audience: issuer.audience })
  const token = await issuer.accessToken()
  const header = (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : [])
  const decision = await server.authenticate({ method: 'GET', query: '', header })
  if (!decision.ok || decision.auth === undefined) throw new TypeError('the token was not admitted')
  await expect(server.userinfo(decision.auth)).rejects.toBeInstanceOf(UserinfoError)
})
