import jwksRsa from 'jwks-rsa'
import Koa from 'koa'
import jwt from 'koa-jwt'

export function healthApi({ issuer, audience, jwksUri }) {
  const app = new Koa()
  app.use(jwt({ secret: jwksRsa.koaJwtSecret({ jwksUri, cache: true }), audience, issuer }))
  app.use((ctx) => {
    const { sub, scope } = ctx.state.user
    if (ctx.path === '/patients' && !scope?.split(' ').includes('read:patients')) ctx.throw(403)
    ctx.body = { caller: sub }
  })
  return app
}
