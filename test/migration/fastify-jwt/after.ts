import gatewarden, { requireScopes } from '@gatewarden/fastify'
import fastify, { type FastifyInstance } from 'fastify'

interface Options {
  issuer: string
  audience: string
}

export async function healthApi({ issuer, audience }: Options): Promise<FastifyInstance> {
  const app = fastify()
  await app.register(gatewarden, { issuer, audience })
  app.get('/profile', async (request) => ({ caller: request.auth?.subject }))
  app.get('/patients', { onRequest: requireScopes('read:patients') }, async (request) => ({
    caller: request.auth?.subject,
  }))
  return app
}
