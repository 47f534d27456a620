import { createServer } from 'node:http'
import { requireJwt } from '@gatewarden/koa'
import jwksClient from 'jwks-rsa'
import Koa, { type Middleware } from 'koa'
import koaJwt from 'koa-jwt'
import { type Floor, floors } from '../floors.ts'
import { introspecting } from '../introspecting.ts'
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

/** Koa, each server as the README of what protects it has it. */
export const KOA: Servers = {
  [UNPROTECTED]: () => serve(),

  ...floors(behind),

  [OURS]: ({ issuer, audience }) => serve(requireJwt({ issuer, audience })),

  [INTROSPECTING]: (site) => serve(requireJwt(introspecting(site))),

  'koa-jwt, jwks-rsa': ({ issuer, jwksUri, audience }) =>
    serve(
      koaJwt({
        secret: jwksClient.koaJwtSecret({ jwksUri, cache: true, rateLimit: true }),
        algorithms: ['RS256'],
        issuer,
        audience,
      }) as Middleware,
    ),
}
