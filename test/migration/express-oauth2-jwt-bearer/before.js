import express from 'express'
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer'

export function healthApi({ issuer, audience }) {
  const app = express()
  app.use(auth({ issuerBaseURL: issuer, audience }))
  app.get('/profile', (req, res) => res.json({ caller: req.auth.payload.sub }))
  app.get('/patients', requiredScopes('read:patients'), (req, res) => {
    res.json({ caller: req.auth.payload.sub })
  })
  return app
}
