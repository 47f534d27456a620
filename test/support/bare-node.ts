import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import {
  type AuthContext,
  authorizeRequest,
  type Decision,
  type Guard,
  nodeRequest,
  type ResourceServer,
  sendRefusal,
  setAuth,
} from '@gatewarden/core'

/** A route: its guard, and its own code, whose result is sent as JSON. */
export interface BareRoute {
  readonly guard?: Guard
  readonly handler: (auth: AuthContext | undefined) => unknown
}

/** An API without a framework: routes, each with its guard, and one resource server in front of all paths below `prefix`. */
export function bareNode(
  server: ResourceServer,
  prefix: string,
  routes: ReadonlyMap<string, BareRoute>,
): RequestListener {
  return async (request, response) => {
    try {
      const path = (request.url ?? '').split('?', 1)[0] ?? ''
      const decision = path.startsWith(prefix) ? await authenticate(request, server) : anonymous
      if (passed(decision, response)) answer(request, response, routes.get(path), decision.auth)
    } catch {
      response.writeHead(500).end()
    }
  }
}

const anonymous = { ok: true, auth: undefined } as const

async function authenticate(request: IncomingMessage, server: ResourceServer): Promise<Decision> {
  const decision = await server.authenticate(nodeRequest(request))
  if (decision.ok) setAuth(request, server, decision.auth)
  return decision
}

function passed(decision: Decision, response: ServerResponse): decision is Extract<Decision, { ok: true }> {
  if (!decision.ok) sendRefusal(response, decision.refusal)
  return decision.ok
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  route: BareRoute | undefined,
  auth: AuthContext | undefined,
): void {
  if (route === undefined) return void response.writeHead(404).end()
  if (route.guard !== undefined && !passed(authorizeRequest(request, route.guard), response)) return
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(route.handler(auth)))
}
