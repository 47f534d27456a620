import { hash } from 'node:crypto'
import { debuglog } from 'node:util'
import { LRUCache } from 'lru-cache'
import { Reason } from '../reason.ts'
import type { Runtime } from '../runtime.ts'
import { tell } from '../telemetry.ts'
import { messageWithout } from '../text.ts'
import { withinDeadline } from '../upstream/deadline.ts'
import { Endpoint } from '../upstream/endpoint.ts'
import { ask, FetchFailure } from '../upstream/fetch.ts'
import { type Answer, readAnswer } from './answer.ts'
import { Budget } from './budget.ts'
import type { IntrospectionSettings } from './options.ts'
import { SIGNED_TYPE } from './signed-answer.ts'

/** Most bytes of an answer. */
const MAX_BYTES = 65_536
/** Bytes of answers for which an entry stands on average; larger ones make the cache hold fewer. */
const BYTES_PER_ENTRY = 4096
/** Milliseconds for which a token that is not active is remembered as such. */
const INACTIVE_FOR = 5000
/** Apart, so that invented tokens drive no active one out. */
const MAX_INACTIVE = 1000

/** An answer and the moment, on the monotonic clock, up to which it counts. */
interface Known {
  readonly answer: Answer
  readonly until: number
}

const debug = debuglog('gatewarden')

/**
 * Asks an issuer about tokens (RFC 7662), once for any number of requests with one token, within a budget; and remembers what it said by
 * the SHA-256 of the token. What fails is an outage, never the caller's fault.
 */
export class Introspector {
  readonly when: IntrospectionSettings['when']
  readonly form: IntrospectionSettings['form']
  readonly #settings: IntrospectionSettings
  readonly #runtime: Runtime
  /** Apart: opaque tokens can be invented, JWTs that are asked about were verified. */
  readonly #budgets: { readonly opaque: Budget; readonly jwt: Budget }
  readonly #endpoint: Endpoint
  readonly #active: LRUCache<string, Known> | undefined
  readonly #inactive: LRUCache<string, Known> | undefined
  readonly #asking = new Map<string, Promise<Answer | Reason>>()

  constructor(settings: IntrospectionSettings, runtime: Runtime) {
    const { issuer, match, fetch, max, concurrent, perSecond } = settings
    this.when = settings.when
    this.form = settings.form
    this.#settings = settings
    this.#runtime = runtime
    this.#budgets = { opaque: new Budget(concurrent, perSecond), jwt: new Budget(concurrent, perSecond) }
    const member = 'introspection_endpoint'
    this.#endpoint = new Endpoint({ issuer, match, member, fetch }, runtime)
    if (max === 0) return
    this.#active = new LRUCache({ max, maxSize: max * BYTES_PER_ENTRY })
    this.#inactive = new LRUCache({ max: MAX_INACTIVE })
  }

  /** What the issuer says of a token; at once where it said so a moment ago. Never rejects: `introspection_unavailable`. */
  find(token: string, kind: 'opaque' | 'jwt'): Answer | Reason | Promise<Answer | Reason> {
    const name = hash('sha256', token, 'base64url')
    const known = this.#active?.get(name) ?? this.#inactive?.get(name)
    if (known !== undefined && this.#runtime.monotonic() < known.until) return known.answer
    return this.#asking.get(name) ?? this.#ask(name, token, this.#budgets[kind])
  }

  /** Resolves when it is known where to ask; rejects with what is in the way. */
  async ready(): Promise<void> {
    await this.#locate()
  }

  #ask(name: string, token: string, budget: Budget): Promise<Answer | Reason> | Reason {
    const { monotonic } = this.#runtime
    const refusal = budget.take(monotonic())
    if (refusal !== undefined) {
      this.#tell(0, 'throttled', refusal)
      return unavailable(refusal)
    }
    const start = monotonic()
    const asking = withinDeadline(this.#runtime, (signal) => this.#askNow(token, signal))
      .then(
        (answer) => this.#take(name, answer, start),
        (error: unknown) => this.#fail(error, token, start),
      )
      .finally(() => {
        budget.done()
        this.#asking.delete(name)
      })
    this.#asking.set(name, asking)
    return asking
  }

  async #askNow(token: string, signal: AbortSignal): Promise<Answer> {
    const { issuer, clientAuth, fetch, signed } = this.#settings
    const url = await this.#locate()
    const headers = { accept: signed ? SIGNED_TYPE : 'application/json' }
    const form = new URLSearchParams({ token, token_type_hint: 'access_token' })
    await clientAuth.authenticate({ headers, form, issuer })
    const answer = await ask(url, { headers, form }, { fetch, signal, maxBytes: MAX_BYTES })
    return readAnswer(url, token, answer, this.#settings)
  }

  #locate(): string | Promise<string> {
    return this.#settings.endpoint ?? this.#endpoint.find()
  }

  #take(name: string, answer: Answer, start: number): Answer {
    const now = this.#runtime.monotonic()
    if (answer.active) {
      // From when it was asked: what the issuer said may have been out of date when it arrived.
      const until = start + this.#settings.ttl * 1000
      this.#active?.set(name, { answer, until }, { size: answer.size + 1 })
    } else {
      this.#active?.delete(name)
      this.#inactive?.set(name, { answer, until: now + INACTIVE_FOR })
    }
    this.#tell(now - start, answer.active ? 'active' : 'inactive', undefined)
    return answer
  }

  #fail(error: unknown, token: string, start: number): Reason {
    const now = this.#runtime.monotonic()
    const { status, retryAfter } = error instanceof FetchFailure ? error : new FetchFailure('')
    if (retryAfter !== undefined)
      for (const budget of Object.values(this.#budgets)) budget.pause(now, retryAfter)
    // A fetch of the application's own, or an issuer, may say the token itself.
    const why = messageWithout(token, error)
    debug('introspection at %s: %s', this.#settings.issuer, why)
    this.#tell(now - start, 'failed', why)
    const refused = status === 400 || status === 401 || status === 403
    return unavailable(why, refused ? CREDENTIALS_HINT : undefined)
  }

  #tell(duration: number, outcome: 'active' | 'inactive' | 'failed' | 'throttled', error?: string): void {
    const { issuer } = this.#settings
    tell('gatewarden:introspection', () => ({ issuer, duration, outcome, error }))
  }
}

const CREDENTIALS_HINT =
  'the issuer does not let this API ask: check `clientAuth`, and that the client may introspect tokens there'

function unavailable(actual: string, hint?: string): Reason {
  return new Reason('introspection_unavailable', { actual, hint })
}
