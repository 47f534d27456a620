import { createServer } from 'node:http'
import Koa, { type Middleware } from 'koa'
import { type Floor, floors } from '../floors.ts'
import { ANSWER, INTROSPECTING, listening, OURS, type Servers, UNPROTECTED } from '../site.ts'

function serve(...protection: Middleware[]): Promise<number> {
  const app = new Koa()
  // A refusal is thrown, and Koa would write each of them to the terminal.
  app.silent = true
  for (const middleware of protection) app.use(middleware)
  app.use((ctx) => {
    ctx.body = ANSWER
  })
  return listening(createServer(app.callback()))
}

function behind(holds: Floor): Promise<number> {
  return serve((ctx, next) => {
    if (holds(ctx.headers.authorization)) return next()
    ctx.status = 401
    return undefined
  })
}

/** Koa, each server as the README of what protects it has it, in a process that has loaded nothing else. */
export const KOA: Servers = {
  [UNPROTECTED]: () => serve(),

  ...floors(behind),

  async [OURS]({ issuer, audience }) {
    const { requireJwt } = await import('@gatewarden/koa')
    return serve(requireJwt({ issuer, audience }))
  },

  async [INTROSPECTING](site) {
    const { requireJwt } = await import('@gatewarden/koa')
    const { introspecting } = await import('../introspecting.ts')
    return serve(requireJwt(introspecting(site)))
  },

  async 'koa-jwt, jwks-rsa'({ issuer, jwksUri, audience }) {
    const { default: koaJwt } = await import('koa-jwt')
    const { default: jwksClient } = await import('jwks-rsa')
    const secret = jwksClient.koaJwtSecret({ jwksUri, cache: true, rateLimit: true })
    return serve(koaJwt({ secret, algorithms: ['RS256'], issuer, audience }) as Middleware)
  },
}
