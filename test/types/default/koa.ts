// Compiled, not run: what TypeScript must accept and refuse in a Koa app that registers nothing.
import { type AuthContext, authorize, getAuth, requireJwt, requireScopes, scopes } from '@gatewarden/koa'
import Koa from 'koa'
import { expectTypeOf } from 'vitest'

const app = new Koa()
app.use(requireJwt())
app.use(
  requireJwt({
    issuer: 'https://issuer.example/',
    audience: 'https://api.example/',
    implies: { admin: ['a'] },
  }),
)
app.use(requireScopes('a')).use(authorize(scopes('b')))

// @ts-expect-error a refusal is written or thrown
requireJwt({ issuer: 'https://issuer.example/', audience: 'a', refusals: 'ignore' })

app.use((ctx) => {
  expectTypeOf(ctx.state.auth).toEqualTypeOf<AuthContext | undefined>()
  // @ts-expect-error optional until requireJwt() ran
  ctx.state.auth.subject
  ctx.body = getAuth(ctx).subject
})
