import { requireJwt, requireScopes } from '@gatewarden/express'
import express, { type Express } from 'express'

interface Options {
  issuer: string
  audience: string
  jwksUri: string
}

export function healthApi({ issuer, audience, jwksUri }: Options): Express {
  const app = express()
  app.use(requireJwt({ issuer, audience, jwksUri, algorithms: ['RS256'] }))
  app.get('/profile', (req, res) => res.json({ caller: req.auth?.subject }))
  app.get('/patients', requireScopes('read:patients'), (req, res) => {
    res.json({ caller: req.auth?.subject })
  })
  return app
}
