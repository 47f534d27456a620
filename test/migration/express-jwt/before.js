import express from 'express'
import { expressjwt } from 'express-jwt'
import jwksRsa from 'jwks-rsa'

export function healthApi({ issuer, audience, jwksUri }) {
  const app = express()
  app.use(
    expressjwt({
      secret: jwksRsa.expressJwtSecret({ cache: true, rateLimit: true, jwksUri }),
      audience,
      issuer,
      algorithms: ['RS256'],
    }),
  )
  app.get('/profile', (req, res) => res.json({ caller: req.auth.sub }))
  app.get('/patients', (req, res) => {
    if (!req.auth.scope?.split(' ').includes('read:patients')) return res.sendStatus(403)
    res.json({ caller: req.auth.sub })
  })
  app.use((err, _req, res, next) => {
    if (err.name === 'UnauthorizedError') res.status(401).send('invalid token...')
    else next(err)
  })
  return app
}
