import fastifyJwt from '@fastify/jwt'
import fastify from 'fastify'
import buildGetJwks from 'get-jwks'

export async function healthApi({ issuer, audience }) {
  const app = fastify()
  const getJwks = buildGetJwks({ issuersWhitelist: [issuer], providerDiscovery: true })
  await app.register(fastifyJwt, {
    decode: { complete: true },
    secret: (_request, token) => {
      const {
        header: { kid, alg },
        payload: { iss },
      } = token
      return getJwks.getPublicKey({ kid, domain: iss, alg })
    },
    verify: { allowedIss: issuer, allowedAud: audience },
  })
  app.addHook('onRequest', async (request, reply) => {
    try {
      await request.jwtVerify()
    } catch (err) {
      reply.send(err)
    }
  })
  app.get('/profile', async (request) => ({ caller: request.user.sub }))
  app.get('/patients', async (request, reply) => {
    if (!request.user.scope?.split(' ').includes('read:patients')) return reply.code(403).send()
    return { caller: request.user.sub }
  })
  return app
}
