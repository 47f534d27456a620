import { requireJwt, requireScopes } from '@gatewarden/express'
import express, { type Express } from 'express'

export function healthApi({ issuer, audience }: { issuer: string; audience: string }): Express {
  const app = express()
  app.use(requireJwt({ issuer, audience }))
  app.get('/profile', (req, res) => res.json({ caller: req.auth?.subject }))
  app.get('/patients', requireScopes('read:patients'), (req, res) => {
    res.json({ caller: req.auth?.subject })
  })
  return app
}
