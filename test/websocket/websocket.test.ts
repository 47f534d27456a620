import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { authenticateUpgrade, createResourceServer, type ResourceServer } from '@gatewarden/core'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'

/** RFC 6455 §7.4.2 leaves 4000 and up to applications. */
const TOKEN_EXPIRED = 4401

let issuer: TestIssuer
let server: Server
let url: string

beforeAll(async () => {
  issuer = await createTestIssuer()
  await issuer.listen()
})
afterAll(() => issuer.close())
beforeEach(async () => {
  server = serveSockets(createResourceServer({ issuer: issuer.issuer, audience: issuer.audience }))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  vi.useRealTimers()
  server.closeAllConnections()
  server.close()
})

/** How an application guards WebSockets: the upgrade request is judged, and the socket lives as long as its token. */
function serveSockets(resourceServer: ResourceServer): Server {
  const sockets = new WebSocketServer({ noServer: true })
  const http = createServer((_request, response) => response.writeHead(426).end())
  http.on('upgrade', async (request, socket, head) => {
    const decision = await authenticateUpgrade(resourceServer, request, socket)
    if (!decision.ok) return
    const { subject, expiresAt } = decision.auth ?? { expiresAt: 0 }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const expiry = setTimeout(
        () => webSocket.close(TOKEN_EXPIRED, 'token expired'),
        expiresAt * 1000 - Date.now(),
      )
      webSocket.once('close', () => clearTimeout(expiry))
      webSocket.send(`hello ${subject}`)
    })
  })
  return http
}

function open(token?: string): WebSocket {
  return new WebSocket(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
}

/** The HTTP answer to an upgrade that was refused. */
function refusalOf(
  socket: WebSocket,
): Promise<{ status: number | undefined; challenge: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => reject(new Error('the upgrade was not refused')))
    socket.once('unexpected-response', async (_request, response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve({ status: response.statusCode, challenge: response.headers['www-authenticate'], body })
    })
  })
}

it('opens a socket for a good token (RFC 6455 §4.2.2)', async () => {
  const socket = open(await issuer.accessToken())
  const message = await new Promise((resolve) => socket.once('message', (data) => resolve(`${data}`)))
  expect(message).toBe('hello user-1')
  socket.close()
})

it('answers an upgrade without a token with a bare challenge (RFC 6750 §3.1)', async () => {
  const { status, challenge, body } = await refusalOf(open())
  expect({ status, challenge, body }).toEqual({
    status: 401,
    challenge: `Bearer realm="${issuer.audience}"`,
    body: '',
  })
})

it('answers an upgrade with a bad token as any other request (RFC 6750 §3.1)', async () => {
  const { status, challenge, body } = await refusalOf(open(await issuer.expired()))
  expect(status).toBe(401)
  expect(challenge).toContain('error="invalid_token"')
  expect(JSON.parse(body)).toEqual({ error: 'invalid_token', error_description: 'The token is expired' })
})

it('closes the socket when the token expires (RFC 6750 §5.3)', async () => {
  const token = await issuer.accessToken({ expiresIn: 3600 })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const socket = open(token)
  await new Promise((resolve) => socket.once('message', resolve))
  const closed = new Promise((resolve) =>
    socket.once('close', (code, reason) => resolve([code, `${reason}`])),
  )
  vi.advanceTimersByTime(3_590_000)
  expect(socket.readyState).toBe(WebSocket.OPEN)
  vi.advanceTimersByTime(10_000)
  expect(await closed).toEqual([TOKEN_EXPIRED, 'token expired'])
})

it('lives on when the caller hangs up before the refusal is written (RFC 6455 §4.2.2)', async () => {
  issuer.behave({ jwks: 'hang' })
  issuer.resetRequests()
  const caller = connect(Number(new URL(url).port), '127.0.0.1')
  caller.write(
    `GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nAuthorization: Bearer ${await issuer.expired()}\r\n\r\n`,
  )
  await issuer.received('jwks')
  const gone = new Promise((resolve) => caller.once('close', resolve))
  caller.resetAndDestroy()
  await gone
  issuer.restore()
  expect((await refusalOf(open())).status).toBe(401)
})
