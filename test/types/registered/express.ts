// Compiled, not run: what TypeScript must accept and refuse where an application registers its claims and scopes.
import { anyScope, claim, getAuth, requireJwt, requireScopes, scopes } from '@gatewarden/express'
import express from 'express'
import { expectTypeOf } from 'vitest'

// The catalogue is written once: what the option `scopes` takes also gives the type.
const catalogue = { 'read:patients': 'See patient records', 'write:patients': 'Change patient records' }

declare global {
  namespace Gatewarden {
    interface Register {
      claims: { tenant: string; level?: number }
      scopes: keyof typeof catalogue
    }
  }
}

const app = express()
app.use(
  requireJwt({
    issuer: 'https://issuer.example/',
    audience: 'https://api.example/',
    scopes: catalogue,
  }),
)

requireJwt({
  issuer: 'https://issuer.example/',
  audience: 'https://api.example/',
  // @ts-expect-error no such scope
  scopes: { 'read:patientz': 'See patient records' },
})

requireScopes('read:patients', 'write:patients')
// @ts-expect-error a slip of the pen in a scope
requireScopes('read:patientz')
// @ts-expect-error a slip of the pen in a scope
scopes('read:patients', 'admin')
// @ts-expect-error a slip of the pen in a scope
anyScope('read')

claim('tenant', (tenant) => tenant.startsWith('a'))
// @ts-expect-error tenant is a string
claim('tenant', (tenant) => tenant > 3 && tenant.toFixed() === '')
claim('level', (level) => level > 3)

app.get('/', (req, res) => {
  const { claims } = getAuth(req)
  expectTypeOf(claims.tenant).toEqualTypeOf<string>()
  expectTypeOf(claims.iss).toEqualTypeOf<string>()
  expectTypeOf(req.auth?.claims.tenant).toEqualTypeOf<string | undefined>()
  res.json(claims.tenant)
})
