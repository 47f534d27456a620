import { presets, requireJwt, requireScopes } from '@gatewarden/express'
import express, { type Express } from 'express'

interface Options {
  region: string
  userPoolId: string
  clientId: string
  fetch?: typeof globalThis.fetch
}

export function healthApi({ region, userPoolId, clientId, fetch }: Options): Express {
  const app = express()
  app.use(requireJwt({ issuer: presets.cognito({ region, userPoolId, clientIds: [clientId], fetch }) }))
  app.get('/profile', (req, res) => res.json({ caller: req.auth?.subject }))
  app.get('/patients', requireScopes('read:patients'), (req, res) => {
    res.json({ caller: req.auth?.subject })
  })
  return app
}
