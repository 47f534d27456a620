import type { Request, RequestHandler } from 'express'

/** The only authority under which the console answers: the loopback address and the port of the connection. */
function ownOrigin({ socket }: Request): URL {
  return new URL(`http://127.0.0.1:${socket.localPort}`)
}

/**
 * Refuses requests that name another host (421, RFC 9110 §15.5.20): a page of a stranger's whose name was made to point here
 * (DNS rebinding) would be of the same origin as itself, and could read every answer.
 */
export const ownHostOnly: RequestHandler = (request, response, next) => {
  const own = ownOrigin(request)
  if (request.headers.host === own.host) return next()
  response
    .status(421)
    .json({ error: 'misdirected_request', error_description: `Open ${own.origin}/ instead` })
}

/**
 * Refuses whatever no script of the console's own page sent (403). Browsers send `Origin` with every POST, and no page can
 * set it; who sends none is no browser.
 */
export const ownOriginOnly: RequestHandler = (request, response, next) => {
  if (request.headers.origin === ownOrigin(request).origin) return next()
  response.status(403).json({ error: 'foreign_origin', error_description: 'Only the console itself may ask' })
}
