import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { writeAnswer } from './answer.ts'
import type { BehaviourBoard } from './behaviour.ts'
import type { Asked, Document } from './document.ts'
import { endpointAt, type Places } from './metadata.ts'
import type { Endpoint, RequestRecorder } from './request-log.ts'

/** What is answered where, decided anew for each request. */
export interface Publication {
  readonly places: Places
  /** What an endpoint answers now. */
  documentAt(endpoint: Endpoint, asked: Asked): Document
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const METHODS: Readonly<Record<Endpoint, readonly string[]>> = {
  discovery: ['GET', 'HEAD'],
  jwks: ['GET', 'HEAD'],
  introspection: ['POST'],
  userinfo: ['GET', 'HEAD', 'POST'],
}

/** Serves the documents as the behaviours say, and records every request. */
export function endpointHandler(
  { places, documentAt }: Publication,
  behaviours: BehaviourBoard,
  requests: RequestRecorder,
): Handler {
  const behave = (
    endpoint: Endpoint,
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
  ): void => {
    const behaviour = behaviours.next(endpoint)
    if (behaviour === 'reset') {
      request.socket.resetAndDestroy()
    } else if (behaviour === 'hang') {
      const giveUp = behaviours.whenChanged(endpoint, () => {
        response.off('close', giveUp)
        behave(endpoint, request, response, body)
      })
      response.once('close', giveUp)
    } else {
      const document = documentAt(endpoint, { headers: request.headers, body })
      void writeAnswer(behaviour === 'ok' ? {} : behaviour, document, request, response)
    }
  }

  const posted = async (
    endpoint: Endpoint,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const body = await text(request).catch(() => undefined)
    // The caller hung up before it had said what it wants.
    if (body === undefined) return
    behave(endpoint, request, response, body)
    requests.record(endpoint, request, body)
  }

  return (request, response) => {
    const endpoint = endpointAt(places, request.url ?? '')
    const { method = '' } = request
    if (endpoint !== 'other' && METHODS[endpoint].includes(method) && method === 'POST') {
      void posted(endpoint, request, response)
      return
    }
    request.resume()
    if (endpoint === 'other') {
      response.writeHead(404).end()
    } else if (METHODS[endpoint].includes(method)) {
      behave(endpoint, request, response, '')
    } else {
      response.writeHead(405, { allow: METHODS[endpoint].join(', ') }).end()
    }
    requests.record(endpoint, request)
  }
}
