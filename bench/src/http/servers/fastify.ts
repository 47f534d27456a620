import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { type Floor, floors } from '../floors.ts'
import { ANSWER, INTROSPECTING, OURS, type Servers, type Site, UNPROTECTED } from '../site.ts'

async function serve(protect: (app: FastifyInstance) => unknown): Promise<number> {
  const app = fastify()
  await protect(app)
  app.get('/', async () => ANSWER)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return (app.server.address() as AddressInfo).port
}

function behind(holds: Floor): Promise<number> {
  return serve((app) =>
    app.addHook('onRequest', (request, reply, done) => {
      if (holds(request.headers.authorization)) done()
      else reply.code(401).send()
    }),
  )
}

/** What the plugin hands to a function that looks for the key, with `complete`. */
interface Decoded {
  readonly header: { readonly kid: string; readonly alg: string }
}

function fastifyJwtWith(cache: false | number) {
  return ({ issuer, audience }: Site) =>
    serve(async (app) => {
      const { default: fastifyJwt } = await import('@fastify/jwt')
      const { default: buildGetJwks } = await import('get-jwks')
      const keys = buildGetJwks({ providerDiscovery: true })
      await app.register(fastifyJwt, {
        decode: { complete: true },
        secret: (_: FastifyRequest, token: unknown) => {
          const { kid, alg } = (token as Decoded).header
          return keys.getPublicKey({ domain: issuer, kid, alg })
        },
        verify: { algorithms: ['RS256'], allowedIss: issuer, allowedAud: audience, cache },
      })
      app.addHook('onRequest', async (request) => {
        await request.jwtVerify()
      })
    })
}

/** Fastify, each server as the README of what protects it has it, in a process that has loaded nothing else. */
export const FASTIFY: Servers = {
  [UNPROTECTED]: () => serve(() => undefined),

  ...floors(behind),

  [OURS]: ({ issuer, audience }) =>
    serve(async (app) => {
      const { default: gatewarden } = await import('@gatewarden/fastify')
      await app.register(gatewarden, { issuer, audience })
    }),

  [INTROSPECTING]: (site) =>
    serve(async (app) => {
      const { default: gatewarden } = await import('@gatewarden/fastify')
      const { introspecting } = await import('../introspecting.ts')
      await app.register(gatewarden, introspecting(site))
    }),

  '@fastify/jwt, get-jwks': fastifyJwtWith(false),
  '@fastify/jwt, get-jwks, cache': fastifyJwtWith(5000),
}
