import { type HealthApiOptions, readPatient, Ward } from '@gatewarden/example-health-api'
import { allOf, authorize, client, getAuth, requireJwt, requireScopes, scopes } from '@gatewarden/koa'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'

/** The health API in Koa: all under `/api` takes access tokens for this audience only. */
export function createHealthApi(options: HealthApiOptions): Koa {
  const app = new Koa()
  const ward = new Ward()
  const router = new Router()

  router.get('/public', (ctx) => {
    ctx.body = { status: 'open to everyone' }
  })

  router.get('/api/patients', requireScopes('read:patients'), (ctx) => {
    ctx.body = { caller: ctx.state.auth?.subject, patients: ward.all() }
  })

  router.post(
    '/api/patients',
    requireScopes('write:patients'),
    bodyParser({ enableTypes: ['json'] }),
    (ctx) => {
      const read = readPatient(ctx.request.body)
      if ('problems' in read) {
        ctx.status = 400
        ctx.body = { error: 'invalid_patient', problems: read.problems }
        return
      }
      ctx.status = 201
      ctx.body = { admittedBy: getAuth(ctx).subject, patient: ward.admit(read.patient) }
    },
  )

  router.get('/api/admin', authorize(allOf(scopes('read:admin'), client('admin-console'))), (ctx) => {
    ctx.body = { caller: getAuth(ctx).clientId, patients: ward.all().length }
  })

  app.use(answerUnreadable)
  const protect = requireJwt(options)
  app.use((ctx, next) => (ctx.path.startsWith('/api') ? protect(ctx, next) : next()))
  app.use(router.routes())
  app.use((ctx) => {
    ctx.status = 404
    ctx.body = { error: 'not_found' }
  })
  return app
}

/** Answers a body that the parser could not read; all other errors are Koa's own business. */
async function answerUnreadable(ctx: Koa.Context, next: Koa.Next): Promise<void> {
  try {
    await next()
  } catch (error) {
    const { status, message } = error as { status?: number; message: string }
    if (status === undefined || status < 400 || status >= 500) throw error
    ctx.status = status
    ctx.body = { error: 'unreadable_body', problems: { body: message } }
  }
}
