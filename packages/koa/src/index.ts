import type {
  AuthContext,
  Decision,
  Guard,
  LogoutReceiverOptions,
  ResourceServer,
  ResourceServerOptions,
  ScopeName,
} from '@gatewarden/core'
import * as core from '@gatewarden/core'
import { scopes } from '@gatewarden/scope-guard'
import type { Context, Middleware } from 'koa'

export * from '@gatewarden/core/application'
export * from '@gatewarden/scope-guard'

declare module 'koa' {
  interface DefaultState {
    /** The admitted caller; `getAuth(ctx)` returns it or throws where `requireJwt()` is missing. */
    auth?: AuthContext
  }
}

/**
 * Admits requests that carry a valid access token for this API, as `ctx.state.auth`, and answers every other one itself.
 * Without an argument the options come from the environment; a resource server may be shared by several mounts.
 *
 * @throws ConfigurationError where an option or variable is wrong
 */
export function requireJwt(options?: ResourceServerOptions | ResourceServer): Middleware {
  const server = core.resourceServerOf(options)
  return (ctx, next) => {
    const proceed = (decision: Decision): Promise<unknown> | undefined => {
      if (!decision.ok) return refuse(decision, ctx)
      if (decision.auth !== undefined) ctx.state.auth = decision.auth
      core.setAuth(ctx.req, server, decision.auth)
      return next()
    }
    const decision = server.decide(core.nodeRequest(ctx.req))
    return decision instanceof Promise ? decision.then(proceed) : proceed(decision)
  }
}

/** Every one of these scopes must have been granted, or the answer is 403 (RFC 6750 §3.1). Goes behind `requireJwt()`. */
export function requireScopes(...names: ScopeName[]): Middleware {
  return authorize(scopes(...names))
}

/** Any guard as middleware: what it denies is answered with 403. Goes behind `requireJwt()`. */
export function authorize(guard: Guard): Middleware {
  return (ctx, next) => {
    const decision = core.authorizeRequest(ctx.req, guard)
    return decision.ok ? next() : refuse(decision, ctx)
  }
}

/** The admitted caller. @throws UsageError where the route is not guarded, or the caller is anonymous */
export function getAuth(ctx: { readonly req: object }): AuthContext {
  return core.getAuth(ctx.req)
}

/**
 * Takes the logouts that the issuer posts to one of its clients (OpenID Connect Back-Channel Logout) and denies the tokens that they end.
 * For a path of its own, not behind `requireJwt()`.
 *
 * @throws ConfigurationError where an option is wrong
 */
export function backchannelLogout(options: LogoutReceiverOptions): Middleware {
  const receiver = core.createLogoutReceiver(options)
  return async (ctx) => {
    const parsed: unknown = 'body' in ctx.request ? ctx.request.body : undefined
    const { answer } = await receiver.receive(ctx.req, parsed)
    write(answer, ctx)
  }
}

function refuse({ refusal, error }: core.Refused, ctx: Context): undefined {
  if (error !== undefined) throw error
  write(refusal, ctx)
  return undefined
}

function write(answer: core.Answer<number>, ctx: Context): void {
  if (ctx.headerSent) return
  const { status, fields, body } = core.renderRefusal(answer, (name) => ctx.response.get(name))
  // A body of null makes Koa's status 204, so the status comes second.
  ctx.body = body ?? null
  ctx.status = status
  for (const [name, value] of fields) ctx.set(name, value)
}
