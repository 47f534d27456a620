import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refusal } from './http/refusal.ts'
import { renderRefusal } from './http/render.ts'
import { STATUS_TEXT } from './http/status-text.ts'
import type { Decision, ResourceServer } from './resource-server.ts'

/**
 * Judges an upgrade request (`server.on('upgrade', (request, socket) => …)`, RFC 9110 §7.8). A refusal is written to the socket as an
 * ordinary HTTP answer, and the socket closed; of an admitted one it is left as it was. Meanwhile errors of the socket are heard:
 * Node leaves that to the application, and a caller who hung up would otherwise end the process.
 *
 * Not done: closing the socket when the token expires. `auth.expiresAt` tells when, in seconds.
 */
export async function authenticateUpgrade(
  server: ResourceServer,
  request: IncomingMessage,
  socket: Duplex,
): Promise<Decision> {
  const drop = () => socket.destroy()
  socket.on('error', drop)
  const decision = await server.authenticate(request)
  if (decision.ok) socket.off('error', drop)
  else writeRefusal(socket, decision.refusal)
  return decision
}

function writeRefusal(socket: Duplex, refusal: Refusal): void {
  if (socket.destroyed || socket.writableEnded) return
  const { status, fields, body = '' } = renderRefusal(refusal)
  const lines = [...fields, ['connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_TEXT[status]}\r\n${lines.join('')}\r\n${body}`, () =>
    socket.destroy(),
  )
}
