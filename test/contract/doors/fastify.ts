import type { IncomingMessage, ServerResponse } from 'node:http'
import gatewarden, { authorize } from '@gatewarden/fastify'
import fastify from 'fastify'
import { answerOf, type Door } from '../door.ts'

export const fastify5: Door = {
  name: 'Fastify 5',
  async mount(server, routes) {
    const app = fastify()
    // Else Fastify refuses a body type that it does not know before anything else is asked.
    app.addContentTypeParser('*', (_request, _payload, done) => done(null))
    await app.register(async (api) => {
      await api.register(gatewarden, server)
      for (const { path, guard } of routes) {
        const onRequest = guard === undefined ? [] : [authorize(guard)]
        api.all(path, { onRequest }, async (request) => answerOf(request.auth ?? undefined))
      }
    })
    const guard = routes[1]?.guard ?? (() => undefined)
    app.all('/unprotected', { onRequest: authorize(guard) }, async () => ({ passed: true }))
    await app.ready()
    return (request: IncomingMessage, response: ServerResponse) => app.routing(request, response)
  },
}
