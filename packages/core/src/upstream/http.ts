import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { type Fetched, FetchFailure, type FetchInit } from './fetch.ts'

/**
 * Asks as the global `fetch` does, through `node:http` and `node:https`, loaded with the first question: on Node 20 a process that has
 * used the global one serves every request more slowly from then on. Follows no redirects.
 */
export async function httpFetch(url: string, init: FetchInit): Promise<Fetched> {
  const { request } = url.startsWith('https:') ? await import('node:https') : await import('node:http')
  const { method = 'GET', body, signal } = init
  const form = body?.toString()
  const headers = {
    // Keys and metadata are asked for once in minutes; only what is asked about tokens is worth a connection that is kept.
    ...(form === undefined && init.headers['authorization'] === undefined && { connection: 'close' }),
    // Some firewalls refuse whoever does not say what it is.
    'user-agent': 'gatewarden',
    'accept-encoding': 'identity',
    ...(form !== undefined && {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      'content-length': `${Buffer.byteLength(form)}`,
    }),
    ...init.headers,
  }
  const response = await answerTo(() => request(url, { method, headers, signal }).end(form))
  return {
    status: response.statusCode as number,
    redirected: false,
    headers: { get: (name) => fieldOf(response, name) },
    body: cancellable(await decoded(url, response)),
  }
}

/**
 * Sends again where a kept connection was closed before it brought any answer, until one is new (RFC 9112 §9.3.1). Each time uses up one
 * of the kept connections, and nothing that is asked of an issuer changes anything there.
 */
function answerTo(send: () => ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answered = false
    const request = send()
    request.once('response', (response) => {
      answered = true
      resolve(response)
    })
    request.on('error', (error) => {
      const closed = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
      if (closed && request.reusedSocket && !answered) resolve(answerTo(send))
      else reject(error)
    })
  })
}

function fieldOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value.join(', ') : value) ?? null
}

/** The body as it was before somebody packed it, though nobody asked for that. */
async function decoded(url: string, response: IncomingMessage): Promise<Readable> {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity') return response
  if (encoding === 'gzip' || encoding === 'x-gzip') {
    const [{ createGunzip }, { pipeline }] = await Promise.all([import('node:zlib'), import('node:stream')])
    // A failure of either shows where the body is read.
    return pipeline(response, createGunzip(), () => undefined)
  }
  response.destroy()
  throw new FetchFailure(`${url} answered in a content encoding that was not asked for`)
}

function cancellable(stream: Readable): Fetched['body'] {
  return Object.assign(stream, {
    async cancel() {
      stream.destroy()
    },
  })
}
