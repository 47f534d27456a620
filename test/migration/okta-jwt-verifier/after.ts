import { presets, requireJwt, requireScopes } from '@gatewarden/express'
import express, { type Express } from 'express'

interface Options {
  domain: string
  audience: string
  fetch?: typeof globalThis.fetch
}

export function healthApi({ domain, audience, fetch }: Options): Express {
  const app = express()
  app.use(requireJwt({ issuer: presets.okta({ domain, fetch }), audience }))
  app.get('/profile', (req, res) => res.json({ caller: req.auth?.subject }))
  app.get('/patients', requireScopes('read:patients'), (req, res) => {
    res.json({ caller: req.auth?.subject })
  })
  return app
}
