import {
  allOf,
  authorize,
  client,
  getAuth,
  type ResourceServer,
  type ResourceServerOptions,
  requireJwt,
  requireScopes,
  scopes,
} from '@gatewarden/express'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { readPatient, Ward } from './patients.ts'

export type HealthApiOptions = Pick<ResourceServerOptions, 'issuer' | 'audience' | 'onRefusal'>

/** The resource server: an Express 5 app whose routes under `/api` take access tokens for this audience only. */
export function createHealthApi(options: HealthApiOptions | ResourceServer): Express {
  const app = express().disable('x-powered-by')
  const ward = new Ward()

  app.get('/public', (_req, res) => {
    res.json({ status: 'open to everyone' })
  })

  app.use('/api', requireJwt(options))

  app.get('/api/patients', requireScopes('read:patients'), (req, res) => {
    res.json({ caller: req.auth?.subject, patients: ward.all() })
  })

  app.post('/api/patients', requireScopes('write:patients'), express.json(), (req, res) => {
    const read = readPatient(req.body)
    if ('problems' in read) {
      res.status(400).json({ error: 'invalid_patient', problems: read.problems })
      return
    }
    res.status(201).json({ admittedBy: getAuth(req).subject, patient: ward.admit(read.patient) })
  })

  app.get('/api/admin', authorize(allOf(scopes('read:admin'), client('admin-console'))), (req, res) => {
    res.json({ caller: getAuth(req).clientId, patients: ward.all().length })
  })

  app.use((_req, res) => {
    res.status(404).json({ error: 'not_found' })
  })
  app.use(unreadable)
  return app
}

/** A body that express.json() could not read; all other errors are Express's own business. */
const unreadable: ErrorRequestHandler = (error, _req, res, next) => {
  if (!error.expose || res.headersSent) return next(error)
  res.status(error.status).json({ error: 'unreadable_body', problems: { body: error.message } })
}
