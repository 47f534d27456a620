import type { ResourceServer } from '@gatewarden/express'
import express, { type ErrorRequestHandler, type Request, type Router } from 'express'
import type { AuthorizationServer } from '../authorization-server.ts'
import { clientCredentials } from '../flows.ts'
import { machines } from './machines.ts'
import { ownOriginOnly } from './own-origin.ts'
import { guardOf } from './routes.ts'
import { consoleSettings } from './settings.ts'

/** Tokens are at most 16 KiB for the API; what is longer may still be asked about. */
const LARGEST_BODY = '64kb'
/** Seconds by which a token is made older, to have one that has expired. */
const TWO_HOURS = 7200

export interface ConsoleParts {
  /** The one that guards the API. */
  readonly resourceServer: ResourceServer
  readonly authorizationServer: AuthorizationServer
}

/**
 * What the console's page asks of its server. It exists in this example only: an API that explains its refusals to
 * everyone would tell forgers what to mend.
 */
export function createConsoleServices({ resourceServer, authorizationServer }: ConsoleParts): Router {
  const { issuer, services } = authorizationServer
  const clients = machines(services)
  const router = express.Router()

  router.get('/settings', (_request, response) => {
    response.json(consoleSettings(issuer, clients))
  })

  router.post('/{*service}', ownOriginOnly, express.json({ limit: LARGEST_BODY }))

  router.post('/explain', async (request, response) => {
    const token = textOf(request, 'token')
    const guard = guardOf(textOf(request, 'route'))
    if (token === undefined || guard === undefined) return void response.status(400).json(UNUSABLE)
    response.json(await resourceServer.explain(token, guard))
  })

  router.post('/machine-token', async (request, response) => {
    const machine = clients.find(({ id }) => id === textOf(request, 'machine'))
    if (machine === undefined) return void response.status(400).json(UNUSABLE)
    const { access_token } = await clientCredentials(issuer, machine.service, machine.audience)
    response.json({ access_token })
  })

  router.post('/expired-token', async (request, response) => {
    const token = textOf(request, 'token') ?? ''
    const { admitted, claims } = await resourceServer.explain(token)
    if (!admitted || claims === undefined) return void response.status(400).json(NOT_ADMITTED)
    response.json({ access_token: authorizationServer.sign(older(claims)) })
  })

  router.use(unreadable)
  return router
}

const UNUSABLE = { error: 'invalid_request', error_description: 'That is not what this service takes' }
const NOT_ADMITTED = {
  error: 'invalid_request',
  error_description: 'Only a token that the API admits is made older',
}

/** The claims as they would be, had the token been issued two hours earlier. */
function older(claims: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const earlier = (time: unknown): unknown => (typeof time === 'number' ? time - TWO_HOURS : time)
  return { ...claims, iat: earlier(claims['iat']), exp: earlier(claims['exp']) }
}

function textOf({ body }: Request, member: string): string | undefined {
  const value: unknown = body?.[member]
  return typeof value === 'string' ? value : undefined
}

/** A body that express.json() refused: too large, or no JSON. */
const unreadable: ErrorRequestHandler = (error, _request, response, next) => {
  if (!error.expose || response.headersSent) return next(error)
  response.status(error.status).json({ error: 'unreadable_body' })
}
