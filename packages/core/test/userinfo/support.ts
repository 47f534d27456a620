import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import type { ResourceServerOptions } from '../../src/options.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { type AuthContext, authContext } from '../../src/token/context.ts'
import { UserinfoError } from '../../src/userinfo/userinfo-error.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, bearer } from '../support.ts'

type TokenOptions = Parameters<TestIssuer['accessToken']>[0]

/** An API, its issuer, and the clock of both. */
export interface Scene extends AsyncDisposable {
  readonly clock: TestClock
  readonly issuer: TestIssuer
  readonly api: ResourceServer
  /** A token for the API and for userinfo, admitted. */
  admitted(options?: TokenOptions): Promise<AuthContext>
  /** As the context of a token that the issuer was asked about. */
  introspected(auth: AuthContext): AuthContext
}

export async function scene(options: Partial<ResourceServerOptions> = {}): Promise<Scene> {
  const clock = new TestClock()
  const issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE, clock: clock.now })
  await issuer.listen()
  const api = createResourceServer({ issuer: issuer.issuer, audience: AUDIENCE, ...options }, clock)
  const admitted = async (token: TokenOptions = {}) => {
    const audience = [AUDIENCE, issuer.userinfoEndpoint]
    return admit(api, await issuer.accessToken({ audience, ...token }))
  }
  const introspected = (auth: AuthContext) => authContext(auth.token, { ...auth, header: { alg: '' } })
  return { clock, issuer, api, admitted, introspected, [Symbol.asyncDispose]: () => issuer.close() }
}

export async function admit(api: ResourceServer, token: string): Promise<AuthContext> {
  const decision = await api.authenticate(bearer(token))
  if (decision.ok && decision.auth !== undefined) return decision.auth
  throw new TypeError('the token was not admitted')
}

/** The error that a question ends in. */
export async function failure(question: Promise<unknown>): Promise<UserinfoError> {
  const error = await question.then(
    () => new TypeError('there was an answer'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof UserinfoError) return error
  throw error
}

/** Code and status, and what the operator reads of the cause. */
export async function failed(question: Promise<unknown>): Promise<string> {
  const { code, status, cause } = await failure(question)
  return `${status} ${code}: ${cause instanceof Error ? cause.message : 'no cause'}`
}
