import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import {
  createResourceServer,
  type Decision,
  type Fetch,
  type KeyEvents,
  type ResourceServer,
  type ResourceServerOptions,
} from '@gatewarden/core'
import { httpFetch } from '@gatewarden/core/diagnostics'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { TestClock } from '../../packages/core/test/clock.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const AUDIENCE = 'https://example.com/health-api'

/** A real issuer on loopback, an API on a clock that goes when it is told to, and a log of what its keys went through. */
export class Trial implements AsyncDisposable {
  readonly issuer: TestIssuer
  readonly clock = new TestClock()
  /** Fetches that came to an end, with their error. */
  readonly fetches: KeyEvents['gatewarden:keys:fetch'][] = []
  #underWay = 0

  static async begin(): Promise<Trial> {
    const issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
    await issuer.listen()
    return new Trial(issuer)
  }

  private constructor(issuer: TestIssuer) {
    this.issuer = issuer
    subscribe('gatewarden:keys:fetch', this.#ended)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    unsubscribe('gatewarden:keys:fetch', this.#ended)
    await this.issuer.close()
  }

  readonly #ended = (message: unknown): void => {
    const event = message as KeyEvents['gatewarden:keys:fetch']
    if (event.issuer !== this.issuer.issuer) return
    this.fetches.push(event)
    this.#underWay = 0
  }

  api(options: Partial<ResourceServerOptions> = {}): ResourceServer {
    const fetch: Fetch = (url, init) => {
      this.#underWay++
      return httpFetch(url, init)
    }
    return createResourceServer(
      { issuer: this.issuer.issuer, audience: AUDIENCE, fetch, ...options },
      this.clock,
    )
  }

  /** Requests that reached the issuer, of both kinds. */
  get upstream(): { readonly discovery: number; readonly jwks: number } {
    const { discovery, jwks } = this.issuer.requests
    return { discovery: discovery.length, jwks: jwks.length }
  }

  /** A token that outlives every trial. */
  token(header: Record<string, unknown> = {}): Promise<string> {
    return this.issuer.accessToken({ header, claims: { iat: undefined }, expiresIn: 30 * 86_400 })
  }

  /** Lets the fetch that is under way, if any, come back. Not for an issuer that stays silent. */
  async settled(): Promise<void> {
    do await new Promise(setImmediate)
    while (this.#underWay > 0)
  }

  /** Passes time in small steps, so that the issuer's answers come in between, until `done`; answers the milliseconds it took. */
  async passUntil(done: () => boolean, most: number): Promise<number> {
    const start = this.clock.monotonic()
    await this.settled()
    while (!done() && this.clock.monotonic() - start < most) {
      this.clock.pass(SECOND / 4)
      await this.settled()
    }
    return this.clock.monotonic() - start
  }
}

/** What a caller sees, and the operator's code. */
export function outcome(decision: Decision): string {
  return decision.ok ? 'admitted' : `${decision.refusal.status} ${decision.reason.code}`
}

export async function ask(server: ResourceServer, token: string): Promise<string> {
  return outcome(await decide(server, token))
}

export function decide(server: ResourceServer, token: string): Promise<Decision> {
  const header = (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : [])
  return server.authenticate({ method: 'GET', query: '', header })
}
