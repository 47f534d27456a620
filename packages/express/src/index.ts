import {
  type AuthContext,
  authorizeRequest,
  createLogoutReceiver,
  type Decision,
  type Guard,
  type LogoutReceiverOptions,
  nodeRequest,
  type Refused,
  type ResourceServer,
  type ResourceServerOptions,
  resourceServerOf,
  type ScopeName,
  sendRefusal,
  setAuth,
} from '@gatewarden/core'
import { scopes } from '@gatewarden/scope-guard'
import type { NextFunction, RequestHandler, Response } from 'express'

export { getAuth } from '@gatewarden/core'
export * from '@gatewarden/core/application'
export * from '@gatewarden/scope-guard'

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
  const server = resourceServerOf(options)
  return (req, res, next) => {
    const proceed = (decision: Decision): void => {
      try {
        if (!decision.ok) return void refuse(decision, res, next)
        if (decision.auth !== undefined) req.auth = decision.auth
        setAuth(req, server, decision.auth)
      } catch (error) {
        return void next(error)
      }
      next()
    }
    const decision = server.decide(nodeRequest(req))
    if (decision instanceof Promise) decision.then(proceed, next)
    else proceed(decision)
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
    else refuse(decision, res, next)
  }
}

/**
 * Takes the logouts that the issuer posts to one of its clients (OpenID Connect Back-Channel Logout) and denies the tokens that they end.
 * For a route of its own, not behind `requireJwt()`: `app.all('/backchannel-logout', backchannelLogout({ … }))`.
 *
 * @throws ConfigurationError where an option is wrong
 */
export function backchannelLogout(options: LogoutReceiverOptions): RequestHandler {
  const receiver = createLogoutReceiver(options)
  return (req, res, next) => {
    receiver
      .receive(req, req.body)
      .then(({ answer }) => sendRefusal(res, answer))
      .catch(next)
  }
}

function refuse({ refusal, error }: Refused, res: Response, next: NextFunction): void {
  if (error === undefined) sendRefusal(res, refusal)
  else next(error)
}
