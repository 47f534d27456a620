import type { IncomingMessage, ServerResponse } from 'node:http'
import { writeAnswer } from './answer.ts'
import type { BehaviourBoard } from './behaviour.ts'
import { endpointAt, type Places } from './metadata.ts'
import type { Endpoint, RequestRecorder } from './request-log.ts'

/** What is answered where, decided anew for each request. */
export interface Publication {
  readonly places: Places
  /** The document that an endpoint serves now. */
  documentAt(endpoint: Endpoint): Readonly<Record<string, unknown>>
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Serves the documents as the behaviours say, and records every request. */
export function endpointHandler(
  { places, documentAt }: Publication,
  behaviours: BehaviourBoard,
  requests: RequestRecorder,
): Handler {
  const behave = (endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): void => {
    const behaviour = behaviours.next(endpoint)
    if (behaviour === 'reset') {
      request.socket.resetAndDestroy()
    } else if (behaviour === 'hang') {
      const giveUp = behaviours.whenChanged(endpoint, () => {
        response.off('close', giveUp)
        behave(endpoint, request, response)
      })
      response.once('close', giveUp)
    } else {
      void writeAnswer(behaviour === 'ok' ? {} : behaviour, documentAt(endpoint), request, response)
    }
  }

  return (request, response) => {
    const endpoint = endpointAt(places, request.url ?? '')
    request.resume()
    if (endpoint === 'other') {
      response.writeHead(404).end()
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
    } else {
      behave(endpoint, request, response)
    }
    requests.record(endpoint, request)
  }
}
