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

  // With the path, not new Router({ prefix }): a prefix lets /API/patients reach the routes without their middleware.
  router.use('/api', requireJwt(options))

  router.get('/api/patients', requireScopes('read:patients'), (ctx) => {
    ctx.body = { caller: ctx.state.auth?.subject, patients: ward.all() }
  })

  router.post('/api/patients', requireScopes('write:patients'), readJson, (ctx) => {
    // The parser takes a body of another type for an empty object.
    const read = readPatient(ctx.is('json') ? ctx.request.body : undefined)
    if ('problems' in read) {
      ctx.status = 400
      ctx.body = { error: 'invalid_patient', problems: read.problems }
      return
    }
    ctx.status = 201
    ctx.body = { admittedBy: getAuth(ctx).subject, patient: ward.admit(read.patient) }
  })

  router.get('/api/admin', authorize(allOf(scopes('read:admin'), client('admin-console'))), (ctx) => {
    ctx.body = { caller: getAuth(ctx).clientId, patients: ward.all().length }
  })

  // Middleware of a router runs only where a route matches: this one matches the rest, so that it is guarded as well.
  router.all('/api{/*rest}', notFound)

  app.use(router.routes())
  app.use(notFound)
  return app
}

function notFound(ctx: Koa.Context): void {
  ctx.status = 404
  ctx.body = { error: 'not_found' }
}

const parse = bodyParser({ enableTypes: ['json'], jsonLimit: '100kb' })

/** Reads a JSON body, and answers one that the parser cannot read; all other errors are Koa's own business. */
async function readJson(ctx: Koa.Context, next: Koa.Next): Promise<void> {
  try {
    await parse(ctx, async () => {})
  } catch (error) {
    const { status, message } = error as { status?: number; message: string }
    if (status === undefined || status < 400 || status >= 500) throw error
    ctx.status = status
    ctx.body = { error: 'unreadable_body', problems: { body: message } }
    return
  }
  await next()
}
