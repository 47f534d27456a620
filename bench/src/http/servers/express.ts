import { createServer } from 'node:http'
import { requireJwt } from '@gatewarden/express'
import express, { type RequestHandler } from 'express'
import { expressjwt, type GetVerificationKey } from 'express-jwt'
import { auth } from 'express-oauth2-jwt-bearer'
import jwksClient from 'jwks-rsa'
import { introspecting } from '../introspecting.ts'
import { ANSWER, INTROSPECTING, listening, OURS, type Servers, UNPROTECTED, VERIFY_ONLY } from '../site.ts'
import { signatureCheck } from '../verify-only.ts'

function serve(...protection: RequestHandler[]): Promise<number> {
  const app = express()
  app.get('/', ...protection, (_, res) => {
    res.json(ANSWER)
  })
  return listening(createServer(app))
}

/** Express, each server as the README of what protects it has it. */
export const EXPRESS: Servers = {
  [UNPROTECTED]: () => serve(),

  [VERIFY_ONLY]({ publicKey }) {
    const holds = signatureCheck(publicKey)
    return serve((req, res, next) => {
      if (holds(req.headers.authorization)) next()
      else res.sendStatus(401)
    })
  },

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
