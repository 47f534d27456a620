import { createServer } from 'node:http'
import express, { type RequestHandler } from 'express'
import type { GetVerificationKey } from 'express-jwt'
import { type Floor, floors } from '../floors.ts'
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

/** Express, each server as the README of what protects it has it, in a process that has loaded nothing else. */
export const EXPRESS: Servers = {
  [UNPROTECTED]: () => serve(),

  ...floors(behind),

  async [OURS]({ issuer, audience }) {
    const { requireJwt } = await import('@gatewarden/express')
    return serve(requireJwt({ issuer, audience }))
  },

  async [INTROSPECTING](site) {
    const { requireJwt } = await import('@gatewarden/express')
    const { introspecting } = await import('../introspecting.ts')
    return serve(requireJwt(introspecting(site)))
  },

  async 'express-oauth2-jwt-bearer'({ issuer, audience }) {
    const { auth } = await import('express-oauth2-jwt-bearer')
    return serve(auth({ issuerBaseURL: issuer, audience }))
  },

  async 'express-jwt, jwks-rsa'({ issuer, jwksUri, audience }) {
    const { expressjwt } = await import('express-jwt')
    const { default: jwksClient } = await import('jwks-rsa')
    const secret = jwksClient.expressJwtSecret({
      jwksUri,
      cache: true,
      rateLimit: true,
    }) as GetVerificationKey
    return serve(expressjwt({ secret, algorithms: ['RS256'], issuer, audience }))
  },
}
