import { CognitoJwtVerifier } from 'aws-jwt-verify'
import { SimpleJwksCache } from 'aws-jwt-verify/jwk'
import express from 'express'

export function healthApi({ userPoolId, clientId, fetcher }) {
  const jwksCache = new SimpleJwksCache({ fetcher })
  const jwtVerifier = CognitoJwtVerifier.create({ userPoolId, tokenUse: 'access', clientId }, { jwksCache })

  const verified = (properties) => async (req, res, next) => {
    try {
      req.jwt = await jwtVerifier.verify(req.header('authorization'), properties)
    } catch (err) {
      console.error(err)
      return res.status(403).json({ statusCode: 403, message: 'Forbidden' })
    }
    next()
  }

  const app = express()
  app.get('/profile', verified({}), (req, res) => res.json({ caller: req.jwt.sub }))
  app.get('/patients', verified({ scope: 'read:patients' }), (req, res) => res.json({ caller: req.jwt.sub }))
  return app
}
