import type { ServerResponse } from 'node:http'
import { type Answer, renderRefusal } from './render.ts'

/** Writes a refusal, or another answer of its make, to a Node response. Fields set before stay. Does nothing where a response was already begun. */
export function sendRefusal(response: ServerResponse, refusal: Answer<number>): void {
  if (response.headersSent || response.writableEnded) return
  const { status, fields, body } = renderRefusal(refusal, (name) => response.getHeader(name))
  response.statusCode = status
  for (const [name, value] of fields) response.setHeader(name, value)
  response.end(body)
}
