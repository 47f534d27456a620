import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refusal } from './refusal.ts'
import { renderRefusal } from './render.ts'

/**
 * Writes a refusal to the socket of an upgrade request (`server.on('upgrade')`) and closes it (RFC 9110 §7.8). Until the upgrade is
 * answered the socket speaks HTTP/1.1, so a WebSocket client sees an ordinary answer. A socket that broke meanwhile is left alone.
 */
export function sendUpgradeRefusal(socket: Duplex, refusal: Refusal): void {
  if (socket.destroyed || socket.writableEnded) return
  // Nobody else listens any more, and a caller who hung up must not bring the process down.
  socket.on('error', () => socket.destroy())
  const { status, fields, body } = renderRefusal(refusal)
  const lines = [...fields, ['connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body ?? ''}`, () =>
    socket.destroy(),
  )
}
