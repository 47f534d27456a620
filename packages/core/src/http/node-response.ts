import type { ServerResponse } from 'node:http'
import type { Refusal } from './refusal.ts'

const EXPOSE = 'access-control-expose-headers'

/**
 * Writes a refusal to a Node response, status, fields and body, byte for byte the same behind every framework.
 * Fields that the application set before stay, and its own list of exposed fields is added to, not replaced.
 * Does nothing where a response was already begun.
 */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.writableEnded) return
  response.statusCode = refusal.status
  for (const [name, value] of Object.entries(refusal.headers)) {
    response.setHeader(name, name === EXPOSE ? joined(response.getHeader(EXPOSE), value) : value)
  }
  if (refusal.body === undefined) {
    response.setHeader('content-length', 0)
    response.end()
    return
  }
  const body = Buffer.from(JSON.stringify(refusal.body))
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('content-length', body.length)
  response.end(body)
}

function joined(existing: number | string | readonly string[] | undefined, value: string): string {
  return existing === undefined
    ? value
    : `${Array.isArray(existing) ? existing.join(', ') : existing}, ${value}`
}
