import { requireJwt, requireScopes } from '@gatewarden/koa'
import Koa from 'koa'

interface Options {
  issuer: string
  audience: string
  jwksUri: string
}

export function healthApi({ issuer, audience, jwksUri }: Options): Koa {
  const app = new Koa()
  const mayReadPatients = requireScopes('read:patients')
  app.use(requireJwt({ issuer, audience, jwksUri }))
  app.use((ctx, next) => (ctx.path === '/patients' ? mayReadPatients(ctx, next) : next()))
  app.use((ctx) => {
    ctx.body = { caller: ctx.state.auth?.subject }
  })
  return app
}
