import OktaJwtVerifier from '@okta/jwt-verifier'
import express from 'express'

export function healthApi({ issuer, audience, jwksUri }) {
  const verifier = new OktaJwtVerifier({ issuer, jwksUri })
  const patientsVerifier = new OktaJwtVerifier({
    issuer,
    jwksUri,
    assertClaims: { 'scp.includes': ['read:patients'] },
  })

  const authenticationRequired = (oktaJwtVerifier) => async (req, res, next) => {
    const match = /Bearer (.+)/.exec(req.headers.authorization ?? '')
    if (!match) {
      res.status(401)
      return next('Unauthorized')
    }
    try {
      req.jwt = await oktaJwtVerifier.verifyAccessToken(match[1], audience)
    } catch (err) {
      return res.status(401).send(err.message)
    }
    next()
  }

  const app = express()
  app.get('/profile', authenticationRequired(verifier), (req, res) =>
    res.json({ caller: req.jwt.claims.sub }),
  )
  app.get('/patients', authenticationRequired(patientsVerifier), (req, res) => {
    res.json({ caller: req.jwt.claims.sub })
  })
  return app
}
