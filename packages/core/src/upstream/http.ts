// biome-ignore lint/style/noRestrictedImports: the one file of this room that asks (ADR 18), and loads it with the first question only
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { type Fetched, FetchFailure, type FetchInit } from './fetch.ts'

/** How often a question is sent again because kept connections turn out to be closed. */
const REPEATS = 2

/**
 * Asks through `node:http` and `node:https`, loaded with the first question: on Node 20 a process that has used the global `fetch` serves
 * every request more slowly from then on. Follows no redirects, unpacks gzip only, and asks through no agent that checks no
 * certificates.
 */
export async function httpFetch(url: string, init: FetchInit): Promise<Fetched> {
  const address = new URL(url)
  const request = await requesterOf(address)
  const { method = 'GET', body, signal } = init
  const form = body?.toString()
  const headers = {
    // Keys and metadata are asked for once in minutes, and keep no connection; questions about tokens do.
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
  const response = await answerTo(() => request(address, { method, headers, signal }).end(form), REPEATS)
  return {
    status: response.statusCode as number,
    redirected: false,
    headers: { get: (name) => fieldOf(response, name) },
    body: cancellable(await decoded(url, response)),
  }
}

async function requesterOf({ protocol }: URL) {
  // biome-ignore lint/style/noRestrictedImports: as above
  if (protocol !== 'https:') return (await import('node:http')).request
  const { globalAgent, request } = await import('node:https')
  // What an agent says of certificates cannot be overruled from here, and keys from just anybody would open the API to just anybody.
  if (globalAgent.options?.rejectUnauthorized === false) {
    throw new FetchFailure(
      'this process checks no certificates (https.globalAgent has rejectUnauthorized: false): give that to an agent of its own, where it is needed',
    )
  }
  return request
}

/**
 * Sends again where a kept connection is closed before it brings any answer (RFC 9112 §9.3.1). It may have been taken all the same: to ask
 * twice changes nothing at the issuer, but that it refuses to see one client assertion twice.
 */
function answerTo(send: () => ClientRequest, repeats: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let settled = false
    const request = send()
    request.once('response', (response) => {
      settled = true
      resolve(response)
    })
    request.on('error', (error) => {
      const again = !settled && repeats > 0 && request.reusedSocket && isClosed(error)
      settled = true
      if (again) resolve(answerTo(send, repeats - 1))
      else reject(error)
    })
    // As after a change of protocols that nobody asked for.
    request.once('close', () => reject(new Error('closed without an answer')))
  })
}

function isClosed(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

function fieldOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value.join(', ') : value) ?? null
}

/** The body as it was before somebody packed it, though nobody asked for that. Of any status but 200 it is not read. */
async function decoded(url: string, response: IncomingMessage): Promise<Readable> {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() || 'identity'
  if (encoding === 'identity' || response.statusCode !== 200) return response
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
