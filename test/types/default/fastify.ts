// Compiled, not run: what TypeScript must accept and refuse in a Fastify app that registers nothing.
import gatewarden, {
  type AuthContext,
  authorize,
  getAuth,
  requireScopes,
  scopes,
  verify,
} from '@gatewarden/fastify'
import fastify from 'fastify'
import { expectTypeOf } from 'vitest'

const app = fastify()
await app.register(gatewarden)
await app.register(gatewarden, { issuer: 'https://issuer.example/', audience: 'https://api.example/' })
await app.register(gatewarden, {
  issuer: 'https://issuer.example/',
  audience: 'a',
  refusals: 'throw',
  optional: true,
})

// @ts-expect-error there is no such option
await app.register(gatewarden, { issuer: 'https://issuer.example/', audience: 'a', issuerBaseURL: 'x' })

app.get('/health', { config: { public: true } }, async () => 'ok')
// @ts-expect-error public is a boolean
app.get('/health', { config: { public: 'yes' } }, async () => 'ok')

app.get('/', { onRequest: [requireScopes('a'), authorize(scopes('b')), verify()] }, async (request) => {
  expectTypeOf(request.auth).toEqualTypeOf<AuthContext | null>()
  // @ts-expect-error null on public routes
  request.auth.subject
  return getAuth(request).subject
})
