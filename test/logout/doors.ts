import type { RequestListener } from 'node:http'
import { createLogoutReceiver, type LogoutReceiverOptions, nodeRequest, sendRefusal } from '@gatewarden/core'
import * as onExpress from '@gatewarden/express'
import gatewarden, * as onFastify from '@gatewarden/fastify'
import * as onKoa from '@gatewarden/koa'
import express, { type RequestHandler } from 'express'
import express4App from 'express4'
import fastify from 'fastify'
import Koa from 'koa'
import Koa2 from 'koa2'

/** An app with `/api` behind the resource server, and a receiver of logouts at `/backchannel-logout`. */
export interface LogoutDoor {
  readonly name: string
  mount(options: LogoutReceiverOptions): RequestListener | Promise<RequestListener>
}

const PATH = '/backchannel-logout'

function expressDoor(name: string, createApp: typeof express, ...parsers: RequestHandler[]): LogoutDoor {
  return {
    name,
    mount(options) {
      const app = createApp()
      app.set('env', 'test')
      if (parsers.length > 0) app.use(parsers)
      app.all(PATH, onExpress.backchannelLogout(options))
      app.use('/api', onExpress.requireJwt(options.resourceServer))
      app.get('/api/me', (req, res) => {
        res.json({ caller: req.auth?.subject })
      })
      return app
    },
  }
}

export const fastifyDoor: LogoutDoor = {
  name: 'Fastify 5, inside the guarded context',
  async mount(options) {
    const app = fastify()
    await app.register(gatewarden, options.resourceServer)
    await app.register(onFastify.backchannelLogout, { ...options, path: PATH })
    app.get('/api/me', async (request) => ({ caller: request.auth?.subject }))
    app.post('/api/echo', async (request) => request.body)
    await app.ready()
    return (request, response) => app.routing(request, response)
  },
}

function koaDoor(name: string, createApp: () => Koa, ...before: Koa.Middleware[]): LogoutDoor {
  return {
    name,
    mount(options) {
      const app = createApp()
      app.silent = true
      for (const middleware of before) app.use(middleware)
      const logout = onKoa.backchannelLogout(options)
      app.use((ctx, next) => (ctx.path === PATH ? logout(ctx, next) : next()))
      app.use(onKoa.requireJwt(options.resourceServer))
      app.use((ctx) => {
        ctx.body = { caller: ctx.state.auth?.subject }
      })
      return app.callback()
    },
  }
}

/** Leaves the form in `ctx.request.body`, as body parsers for Koa do. */
const koaParser: Koa.Middleware = async (ctx, next) => {
  let text = ''
  for await (const chunk of ctx.req.setEncoding('utf8')) text += chunk
  const form: Record<string, string | string[]> = {}
  for (const name of new Set(new URLSearchParams(text).keys())) {
    const values = new URLSearchParams(text).getAll(name)
    form[name] = values.length === 1 ? `${values[0]}` : values
  }
  Object.assign(ctx.request, { body: form })
  await next()
}

const node: LogoutDoor = {
  name: 'node:http',
  mount(options) {
    const receiver = createLogoutReceiver(options)
    return async (request, response) => {
      if (request.url?.startsWith(PATH)) {
        const { answer } = await receiver.receive(request)
        return sendRefusal(response, answer)
      }
      const decision = await options.resourceServer.authenticate(nodeRequest(request))
      if (!decision.ok) return sendRefusal(response, decision.refusal)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ caller: decision.auth?.subject }))
    }
  },
}

const express4 = express4App as unknown as typeof express

/** Doors whose apps read the body of a logout request by the receiver. */
export const READING: readonly LogoutDoor[] = [
  expressDoor('Express 5', express),
  expressDoor('Express 4', express4),
  expressDoor('Express 5 behind a parser of JSON', express, express.json()),
  expressDoor('Express 4 behind a parser of JSON', express4, express4App.json() as RequestHandler),
  fastifyDoor,
  koaDoor('Koa 3', () => new Koa()),
  koaDoor('Koa 2', () => new Koa2() as unknown as Koa),
  node,
]

/** Doors whose apps have a parser of forms in front. */
export const PARSED: readonly LogoutDoor[] = [
  expressDoor('Express 5 behind a parser of forms', express, express.urlencoded({ extended: true })),
  expressDoor(
    'Express 4 behind a parser of forms',
    express4,
    express4App.urlencoded({ extended: false }) as RequestHandler,
  ),
  expressDoor('Express 5 behind a parser of text', express, express.text({ type: '*/*' })),
  expressDoor('Express 5 behind a parser of bytes', express, express.raw({ type: '*/*' })),
  koaDoor('Koa 3 behind a parser of forms', () => new Koa(), koaParser),
]
