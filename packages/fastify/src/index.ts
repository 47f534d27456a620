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
import type { FastifyPluginAsync, FastifyReply, FastifyRequest, RegisterOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

export * from '@gatewarden/core/application'
export * from '@gatewarden/scope-guard'

const SERVER: unique symbol = Symbol('gatewarden.server')

declare module 'fastify' {
  interface FastifyRequest {
    /** The admitted caller; `null` on public routes and for anonymous callers. `getAuth(request)` returns it or throws. */
    auth: AuthContext | null
  }
  interface FastifyInstance {
    readonly [SERVER]?: ResourceServer
  }
  interface FastifyContextConfig {
    /** `true`: this route of a guarded context takes requests from everyone. */
    public?: boolean
  }
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

const plugin: FastifyPluginAsync<Partial<ResourceServerOptions> | ResourceServer> = async (app, options) => {
  if (Object.hasOwn(app, SERVER)) {
    throw new core.UsageError(
      'registered twice in one context: register the second, stricter one in a child context',
    )
  }
  const isEmpty = Object.keys(options).length === 0
  const server = core.resourceServerOf(
    isEmpty ? undefined : (options as ResourceServerOptions | ResourceServer),
  )
  Object.defineProperty(app, SERVER, { value: server })
  if (!app.hasRequestDecorator('auth')) app.decorateRequest('auth', null)
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.public === true) return done()
    const proceed = (decision: Decision): void => {
      if (!decision.ok) return void refuse(decision, reply).catch(done)
      try {
        admit(request, server, decision.auth)
      } catch (error) {
        return void done(error as Error)
      }
      done()
    }
    const decision = server.decide(core.nodeRequest(request.raw))
    if (decision instanceof Promise) decision.then(proceed, done)
    else proceed(decision)
  })
}

/**
 * Guards every route of the context it is registered in, before the body is parsed: also routes declared earlier, and unknown ones.
 * Takes options, a resource server, or nothing: then the environment is read. A child context may register a second, stricter one.
 *
 * @throws ConfigurationError where an option or variable is wrong; UsageError where the context has one already
 */
export default fastifyPlugin(plugin, { name: '@gatewarden/fastify', fastify: '5.x' })

/** Every one of these scopes must have been granted, or the answer is 403 (RFC 6750 §3.1). An `onRequest` hook. */
export function requireScopes(...names: ScopeName[]): Hook {
  return authorize(scopes(...names))
}

/** Any guard as an `onRequest` hook: what it denies is answered with 403. */
export function authorize(guard: Guard): Hook {
  return async (request, reply) => {
    const decision = core.authorizeRequest(request.raw, guard)
    if (!decision.ok) await refuse(decision, reply)
  }
}

/**
 * For `app.auth([...])` of @fastify/auth, on a route with `config: { public: true }`: admits a caller who also passes the guard, and
 * throws the refusal, so that an alternative may be tried. What is thrown in the end goes to the app's error handler.
 */
export function verify(guard?: Guard): Hook {
  return async (request) => {
    const server = request.server[SERVER]
    if (server === undefined) throw new core.UsageError('verify() where gatewarden is not registered')
    if (request.auth === null) {
      const decision = await server.decide(core.nodeRequest(request.raw))
      if (!decision.ok) throw decision.error ?? new core.RefusalError(decision.refusal, decision.reason)
      admit(request, server, decision.auth)
    }
    const decision = guard && core.authorizeRequest(request.raw, guard)
    if (decision?.ok === false) throw new core.RefusalError(decision.refusal, decision.reason)
  }
}

/**
 * Takes the logouts that the issuer posts to one of its clients (OpenID Connect Back-Channel Logout) and denies the tokens that they end.
 * Register it under the path at which it is to be reached: `app.register(backchannelLogout, { path: '/backchannel-logout', … })`. It
 * stays out of the way of guards and of the body parsers of its surroundings.
 *
 * @throws ConfigurationError where an option is wrong
 */
export const backchannelLogout: FastifyPluginAsync<
  LogoutReceiverOptions & { readonly path: string }
> = async (app, given) => {
  const {
    path,
    prefix: _,
    logLevel: __,
    logSerializers: ___,
    ...options
  }: typeof given & RegisterOptions = given
  const receiver = core.createLogoutReceiver(options)
  // Answers before a body parser is chosen: Fastify has an answer of its own to types that it does not know.
  const receive: Hook = async (request, reply) => {
    const { answer } = await receiver.receive(request.raw)
    await write(answer, reply)
  }
  app.all(path, { onRequest: receive, config: { public: true } }, nothingLeftToDo)
}

const nothingLeftToDo = (): never => {
  throw new core.UsageError('a logout request was answered by nobody')
}

/** The admitted caller. @throws UsageError where the route is not guarded, or the caller is anonymous */
export function getAuth(request: FastifyRequest): AuthContext {
  return core.getAuth(request.raw)
}

function admit(request: FastifyRequest, server: ResourceServer, auth: AuthContext | undefined): void {
  request.auth = auth ?? null
  core.setAuth(request.raw, server, auth)
}

async function refuse({ refusal, error }: core.Refused, reply: FastifyReply): Promise<void> {
  if (error !== undefined) throw error
  await write(refusal, reply)
}

async function write(answer: core.Answer<number>, reply: FastifyReply): Promise<void> {
  const { status, fields, body } = core.renderRefusal(answer, (name) => reply.getHeader(name))
  await reply.code(status).headers(Object.fromEntries(fields)).send(body)
}
