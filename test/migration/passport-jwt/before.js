import express from 'express'
import jwksRsa from 'jwks-rsa'
import { Passport } from 'passport'
import { ExtractJwt, Strategy as JwtStrategy } from 'passport-jwt'

export function healthApi({ issuer, audience, jwksUri }) {
  const opts = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKeyProvider: jwksRsa.passportJwtSecret({ cache: true, rateLimit: true, jwksUri }),
    issuer,
    audience,
    algorithms: ['RS256'],
  }
  const passport = new Passport()
  passport.use(
    new JwtStrategy(opts, (payload, done) => done(null, { id: payload.sub, scope: payload.scope })),
  )

  const app = express()
  app.use(passport.authenticate('jwt', { session: false }))
  app.get('/profile', (req, res) => res.json({ caller: req.user.id }))
  app.get('/patients', (req, res) => {
    if (!req.user.scope?.split(' ').includes('read:patients')) return res.sendStatus(403)
    res.json({ caller: req.user.id })
  })
  return app
}
