// Compiled, not run: what TypeScript must accept and refuse where an application registers nothing.
import {
  type AuthContext,
  anyOf,
  authorize,
  claim,
  createResourceServer,
  getAuth,
  requireJwt,
  requireScopes,
  scopes,
} from '@gatewarden/express'
import express from 'express'
import { expectTypeOf } from 'vitest'

const app = express()
const options = { issuer: 'https://issuer.example/', audience: 'https://api.example/' }

app.use(requireJwt())
app.use(requireJwt(options))
app.use(requireJwt(createResourceServer(options)))

// @ts-expect-error an issuer is required once options are given
requireJwt({ audience: 'https://api.example/' })
// @ts-expect-error there is no such option
requireJwt({ ...options, issuerBaseURL: 'https://issuer.example/' })
// @ts-expect-error `none` does not exist
requireJwt({ ...options, algorithms: ['none'] })
// @ts-expect-error patterns are not accepted
requireJwt({ ...options, audience: /api/ })
// @ts-expect-error a guard is not a boolean function
authorize(() => true)
// @ts-expect-error a guard answers at once
authorize(async () => undefined)

app.get('/', requireScopes('anything'), authorize(anyOf(scopes('a'), claim('dept', 'er'))), (req, res) => {
  expectTypeOf(req.auth).toEqualTypeOf<AuthContext | undefined>()
  // @ts-expect-error optional until requireJwt() ran
  req.auth.subject
  const auth = getAuth(req)
  expectTypeOf(auth).toEqualTypeOf<AuthContext>()
  expectTypeOf(auth.subject).toEqualTypeOf<string | undefined>()
  expectTypeOf(auth.principal).toEqualTypeOf<'user' | 'client' | 'unknown'>()
  expectTypeOf(auth.claims.exp).toEqualTypeOf<number>()
  expectTypeOf(auth.claims['tenant']).toEqualTypeOf<unknown>()
  // @ts-expect-error frozen
  auth.subject = 'someone else'
  // @ts-expect-error frozen
  auth.scopes.push('admin')
  // @ts-expect-error frozen
  auth.claims.exp = 0
  res.json({ caller: auth.subject })
})
