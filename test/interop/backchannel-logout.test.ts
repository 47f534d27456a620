import { createServer, type IncomingMessage } from 'node:http'
import { createResourceServer, type LogoutReceiverOptions } from '@gatewarden/core'
import {
  authorizationCode,
  CookieJar,
  close,
  createAuthorizationServer,
  HEALTH_API,
  listen,
  signOut,
} from '@gatewarden/example-health-api'
import { backchannelLogout, denyList, type LogoutToken, memoryStore, requireJwt } from '@gatewarden/express'
import express from 'express'
import { expect, it } from 'vitest'

it.each<[string, boolean, LogoutReceiverOptions['ends']]>([
  ['of a user', false, 'session'],
  ['of a session', true, 'subject'],
])(
  'a logout %s that oidc-provider posts is taken, and ends the access token (Back-Channel Logout §2.5)',
  async (_, sessionRequired, ends) => {
    const server = createServer()
    const api = await listen(server, 0)
    const logout = { uri: `${api}/backchannel-logout`, sessionRequired }
    const { issuer, ...authorizationServer } = await createAuthorizationServer({ logout })
    try {
      const list = denyList({ store: memoryStore() })
      const resourceServer = createResourceServer({
        issuer,
        audience: HEALTH_API,
        isRevoked: list.isRevoked,
      })
      const logouts: LogoutToken[] = []
      const requests: IncomingMessage[] = []
      const app = express()
      app.all(
        '/backchannel-logout',
        (req, _res, next) => {
          requests.push(req)
          next()
        },
        backchannelLogout({
          resourceServer,
          denyList: list,
          clientIds: 'health-app',
          ends,
          onLogout: (told) => logouts.push(told),
        }),
      )
      app.use(requireJwt(resourceServer))
      app.get('/me', (req, res) => res.json({ caller: req.auth?.subject }))
      server.on('request', app)

      const jar = new CookieJar()
      const options = { issuer, resource: HEALTH_API, scope: 'read:patients', username: 'grace', jar }
      const login = await authorizationCode(options)
      const headers = { authorization: `Bearer ${login.access_token}` }
      expect((await fetch(`${api}/me`, { headers })).status).toBe(200)

      await signOut(issuer, login.id_token, jar)
      expect(logouts).toMatchObject([{ issuer, subject: 'grace', audience: ['health-app'] }])
      expect(logouts[0]?.session === undefined).toBe(!sessionRequired)
      expect(requests.map((request) => request.method)).toEqual(['POST'])
      expect((await fetch(`${api}/me`, { headers })).status).toBe(401)
    } finally {
      await authorizationServer.close()
      await close(server)
    }
  },
)
