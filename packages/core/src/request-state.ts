import { UsageError } from './errors.ts'
import type { Guard } from './guard.ts'
import type { NodeRequest } from './http/node-request.ts'
import type { Decision, ResourceServer } from './resource-server.ts'
import type { AuthContext } from './token/context.ts'

// Symbol.for: two copies of this package in one process must see each other's verdicts.
const STATE = Symbol.for('gatewarden.request')

interface Judged {
  /** The request itself: a copy has this note too, and was judged by nobody. */
  readonly request: object
  readonly server: ResourceServer
  /** `undefined`: let through without credentials. */
  readonly auth: AuthContext | undefined
}

/** Notes on a request who judged it and whom it admitted, for guards further on. A later verdict replaces an earlier one. */
export function setAuth(request: object, server: ResourceServer, auth: AuthContext | undefined): void {
  const judged: Judged = { request, server, auth }
  ;(request as { [STATE]?: Judged })[STATE] = judged
}

/**
 * The caller that was admitted with a request.
 *
 * @throws UsageError where no resource server judged the request, or where it was let through without credentials
 */
export function getAuth(request: object): AuthContext {
  const { auth } = judgedState(request)
  if (auth === undefined)
    throw new UsageError('getAuth() on a request that was let through without credentials')
  return auth
}

/**
 * Holds the caller of a judged request to a guard; the resource server that judged it also words the refusal.
 *
 * @throws UsageError where no resource server judged the request: a guard without one is a mistake, never a pass
 */
export function authorizeRequest(request: NodeRequest, guard: Guard): Decision {
  const { server, auth } = judgedState(request)
  return server.authorize(auth, guard, request)
}

function judgedState(request: object): Judged {
  const judged = (request as { [STATE]?: Judged })[STATE]
  if (judged?.request === request) return judged
  throw new UsageError(
    'this route is not protected: put requireJwt() in front of it, before guards and getAuth()',
  )
}
