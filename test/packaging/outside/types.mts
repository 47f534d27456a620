import { createResourceServer, type Decision } from '@gatewarden/core'
import { getAuth, requireJwt, requireScopes } from '@gatewarden/express'
import gatewarden from '@gatewarden/fastify'
import * as onKoa from '@gatewarden/koa'
import { redisStore } from '@gatewarden/redis'
import { scopes } from '@gatewarden/scope-guard'
import { createTestIssuer } from '@gatewarden/testing'
import express from 'express'
import fastify from 'fastify'
import Koa from 'koa'

const options = { issuer: 'https://my-domain.example/', audience: 'https://example.com/health-api' }

express()
  .use(requireJwt(options))
  .get('/', requireScopes('read:patients'), (req, res) => {
    res.json([getAuth(req).subject, req.auth?.claims.sub])
  })

await fastify().register(gatewarden, options)

new Koa().use(onKoa.requireJwt(options)).use((ctx) => {
  ctx.body = ctx.state.auth?.subject
})

export const decision = (
  request: Parameters<ReturnType<typeof createResourceServer>['authenticate']>[0],
): Promise<Decision> => createResourceServer(options).authenticate(request)
export const guard = scopes('read:patients')
export const issuer = await createTestIssuer()
export { redisStore }
