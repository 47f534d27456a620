const { createServer } = require('node:http')

/** An API of each framework, as a listener of Node's server. */
const APIS = {
  express: ({ express, onExpress: { getAuth, requireJwt, requireScopes } }, options) =>
    express()
      .use(requireJwt(options))
      .get('/', requireScopes('read:patients'), (req, res) => res.send(getAuth(req).subject)),

  fastify: async ({ fastify, onFastify: { default: gatewarden, getAuth, requireScopes } }, options) => {
    const app = fastify()
    await app.register(gatewarden, options)
    app.get('/', { onRequest: requireScopes('read:patients') }, async (request) => getAuth(request).subject)
    await app.ready()
    return app.routing
  },

  koa: ({ Koa, onKoa: { getAuth, requireJwt, requireScopes } }, options) =>
    new Koa()
      .use(requireJwt(options))
      .use(requireScopes('read:patients'))
      .use((ctx) => {
        ctx.body = getAuth(ctx).subject
      })
      .callback(),
}

/** Serves an API of each framework and tells what it answers to an access token, and to an ID token. */
exports.answers = async (modules) => {
  const issuer = await modules.testing.createTestIssuer()
  await issuer.listen()
  const { audience } = issuer
  const tokens = [
    await issuer.accessToken({ subject: 'ada', scope: 'read:patients' }),
    await issuer.idToken({ audience }),
  ]
  const told = {}
  for (const [name, api] of Object.entries(APIS)) {
    const server = createServer(await api(modules, { issuer: issuer.issuer, audience }))
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
    const address = `http://127.0.0.1:${server.address().port}/`
    told[name] = await Promise.all(tokens.map((token) => ask(address, token)))
    server.close()
    server.closeAllConnections()
  }
  await issuer.close()
  return told
}

async function ask(address, token) {
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
  return `${response.status} ${response.ok ? await response.text() : (await response.json()).error}`
}
