import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer } from './behaviour.ts'
import type { Document } from './document.ts'

const JSON_TYPE = 'application/json'
const FILLER = Buffer.alloc(16 * 1024, ' ')

/** Writes one answer. Whatever it still waits for ends with the connection. */
export async function writeAnswer(
  answer: Answer,
  document: Document,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  if (answer.delay !== undefined && !(await passed(answer.delay, gone.signal))) return

  const status = statusOf(answer, document)
  const body = bodyOf(answer, document)
  const cacheable = isGenuine(answer) && document.private !== true
  const etag = cacheable ? `"${createHash('sha256').update(body).digest('base64url')}"` : undefined
  const headers = {
    'content-type':
      answer.contentType ?? (answer.body === undefined ? document.contentType : undefined) ?? JSON_TYPE,
    ...(document.private === true && { 'cache-control': 'no-store' }),
    ...(isGenuine(answer) && document.headers),
    ...(etag !== undefined && { etag }),
    ...(answer.redirectTo !== undefined && { location: answer.redirectTo }),
    ...answer.headers,
  }
  // RFC 9110 §13.1.2
  const unchanged = etag !== undefined && request.headers['if-none-match'] === etag
  response.writeHead(unchanged ? 304 : status, headers)
  if (unchanged || request.method === 'HEAD') response.end()
  else send(answer, body, response, gone.signal)
}

function statusOf({ status, redirectTo, body }: Answer, document: Document): number {
  if (status !== undefined) return status
  if (redirectTo !== undefined) return 302
  return body === undefined ? (document.status ?? 200) : 200
}

/** Whether the endpoint tells its document: where no other body, status or place was asked for. */
function isGenuine({ status = 200, body, redirectTo }: Answer): boolean {
  return body === undefined && status === 200 && redirectTo === undefined
}

function bodyOf(answer: Answer, document: Document): Buffer {
  const { serialise = JSON.stringify } = document
  const genuine = () => serialise({ ...document.members, ...answer.metadata })
  const { body = isGenuine(answer) ? genuine() : '' } = answer
  return Buffer.from(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))
}

function send({ size, drip, cut }: Answer, body: Buffer, response: ServerResponse, gone: AbortSignal): void {
  if (cut !== undefined) {
    response.write(body.subarray(0, cut), () => response.socket?.resetAndDestroy())
    return
  }
  if (size === undefined && drip === undefined) {
    response.end(body)
    return
  }
  const sized = size === undefined ? [body] : resized(body, size)
  const pieces = drip === undefined ? sized : dripped(sized, Math.max(1, drip.bytes), drip.everyMs, gone)
  // A caller that hangs up half-way is what these behaviours are for, no error.
  pipeline(Readable.from(pieces, { objectMode: false }), response, () => {})
}

function* resized(body: Buffer, size: number): Generator<Buffer> {
  yield body.subarray(0, size)
  for (let left = size - body.length; left > 0; left -= FILLER.length) {
    yield FILLER.subarray(0, Math.min(left, FILLER.length))
  }
}

async function* dripped(
  chunks: Iterable<Buffer>,
  bytes: number,
  everyMs: number,
  gone: AbortSignal,
): AsyncGenerator<Buffer> {
  let first = true
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += bytes) {
      if (!first && !(await passed(everyMs, gone))) return
      first = false
      yield chunk.subarray(at, at + bytes)
    }
  }
}

/** Whether the time has passed before the caller hung up. */
function passed(ms: number, gone: AbortSignal): Promise<boolean> {
  return wait(ms, true, { signal: gone, ref: false }).catch(() => false)
}
