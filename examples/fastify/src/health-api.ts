import { type HealthApiOptions, readPatient, Ward } from '@gatewarden/example-health-api'
import gatewarden, { allOf, authorize, client, getAuth, requireScopes, scopes } from '@gatewarden/fastify'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'

/** The health API in Fastify: the context under `/api` takes access tokens for this audience only. */
export async function createHealthApi(options: HealthApiOptions): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: 100 * 1024 })
  const ward = new Ward()

  app.setErrorHandler((error: FastifyError, _request, reply) => {
    // A body that Fastify could not read; all other errors are its own handler's business.
    if (!error.code?.startsWith('FST_ERR_CTP_')) throw error
    return reply
      .code(error.statusCode ?? 400)
      .send({ error: 'unreadable_body', problems: { body: error.message } })
  })

  // A body that is no JSON is left unread: readPatient() says what is missing.
  app.addContentTypeParser('*', async () => undefined)

  app.get('/public', async () => ({ status: 'open to everyone' }))

  await app.register(
    async (api) => {
      await api.register(gatewarden, options)

      api.get('/patients', { onRequest: requireScopes('read:patients') }, async (request) => ({
        caller: request.auth?.subject,
        patients: ward.all(),
      }))

      api.post('/patients', { onRequest: requireScopes('write:patients') }, async (request, reply) => {
        const read = readPatient(request.body)
        if ('problems' in read)
          return reply.code(400).send({ error: 'invalid_patient', problems: read.problems })
        return reply
          .code(201)
          .send({ admittedBy: getAuth(request).subject, patient: ward.admit(read.patient) })
      })

      const mayAdministrate = authorize(allOf(scopes('read:admin'), client('admin-console')))
      api.get('/admin', { onRequest: mayAdministrate }, async (request) => ({
        caller: getAuth(request).clientId,
        patients: ward.all().length,
      }))

      // Unknown routes of a context are its own, so that they are guarded as well.
      api.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ error: 'not_found' }))
    },
    { prefix: '/api' },
  )

  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ error: 'not_found' }))
  await app.ready()
  return app
}
