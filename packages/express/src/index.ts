import {
  type AuthContext,
  authorizeRequest,
  createResourceServer,
  type Guard,
  nodeRequest,
  optionsFromEnvironment,
  type ResourceServer,
  type ResourceServerOptions,
  type ScopeName,
  sendRefusal,
  setAuth,
} from '@gatewarden/core'
import { scopes } from '@gatewarden/scope-guard'
import type { NextFunction, Request, RequestHandler, Response } from 'express'

export {
  type AuthContext,
  ConfigurationError,
  createResourceServer,
  type Guard,
  getAuth,
  type Reason,
  type ResourceServer,
  type ResourceServerOptions,
  secret,
  staticJwks,
} from '@gatewarden/core'
export { allOf, anyOf, anyScope, claim, client, not, scopes } from '@gatewarden/scope-guard'

declare global {
  namespace Express {
    interface Request {
      /** The admitted caller; `getAuth(req)` returns it or throws where `requireJwt()` is missing. */
      auth?: AuthContext
    }
  }
}

/**
 * Admits requests that carry a valid access token for this API, as `req.auth`, and answers every other one itself.
 * Without an argument the options come from the environment; a resource server may be shared by several mounts.
 *
 * @throws ConfigurationError where an option or variable is wrong
 */
export function requireJwt(options?: ResourceServerOptions | ResourceServer): RequestHandler {
  const server = resourceServer(options)
  return (req: Request, res: Response, next: NextFunction) => {
    server.authenticate(nodeRequest(req)).then((decision) => {
      if (!decision.ok) return sendRefusal(res, decision.refusal)
      if (decision.auth !== undefined) req.auth = decision.auth
      setAuth(req, server, decision.auth)
      next()
    }, next)
  }
}

/** Every one of these scopes must have been granted, or the answer is 403 (RFC 6750 §3.1). Goes behind `requireJwt()`. */
export function requireScopes(...names: ScopeName[]): RequestHandler {
  return authorize(scopes(...names))
}

/** Any guard as a handler: what it denies is answered with 403. Goes behind `requireJwt()`. */
export function authorize(guard: Guard): RequestHandler {
  return (req, res, next) => {
    const decision = authorizeRequest(req, guard)
    if (decision.ok) next()
    else sendRefusal(res, decision.refusal)
  }
}

function resourceServer(
  options: ResourceServerOptions | ResourceServer = optionsFromEnvironment(),
): ResourceServer {
  return 'authenticate' in options ? options : createResourceServer(options)
}
