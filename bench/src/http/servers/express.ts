import { createServer } from 'node:http'
import { requireJwt } from '@gatewarden/express'
import express, { type RequestHandler } from 'express'
import { expressjwt, type GetVerificationKey } from 'express-jwt'
import { auth } from 'express-oauth2-jwt-bearer'
import jwksClient from 'jwks-rsa'
import { type Floor, floors } from '../floors.ts'
import { introspecting } from '../introspecting.ts'
import { ANSWER, INTROSPECTING, listening, OURS, type Servers, UNPROTECTED } from '../site.ts'

function serve(...protection: RequestHandler[]): Promise<number> {
  const app = express()
  app.get('/', ...protection, (_, res) => {
    res.json(ANSWER)
  })
  return listening(createServer(app))
}

function behind(holds: Floor): Promise<number> {
  return serve((req, res, next) => {
    if (holds(req.headers.authorization)) next()
    else res.sendStatus(401)
  })
}

/** Express, each server as the README of what protects it has it. */
export const EXPRESS: Servers = {
  [UNPROTECTED]: () => serve(),

  ...floors(behind),

  [OURS]: ({ issuer, audience }) => serve(requireJwt({ issuer, audience })),

  [INTROSPECTING]: (site) => serve(requireJwt(introspecting(site))),

  'express-oauth2-jwt-bearer': ({ issuer, audience }) => serve(auth({ issuerBaseURL: issuer, audience })),

  'express-jwt, jwks-rsa': ({ issuer, jwksUri, audience }) =>
    serve(
      expressjwt({
        secret: jwksClient.expressJwtSecret({ jwksUri, cache: true, rateLimit: true }) as GetVerificationKey,
        algorithms: ['RS256'],
        issuer,
        audience,
      }),
    ),
}
