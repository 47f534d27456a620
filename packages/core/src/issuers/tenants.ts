import { isDeepStrictEqual } from 'node:util'
import { LRUCache } from 'lru-cache'
import type { IntrospectionOptions } from '../introspection/options.ts'
import { Reason } from '../reason.ts'
import type { Runtime } from '../runtime.ts'
import { messageOf, show } from '../text.ts'
import { withinDeadline } from '../upstream/deadline.ts'
import type { IssuerDirectory } from './directory.ts'
import type { Issuer } from './issuer.ts'
import type { IssuerOptions } from './options.ts'

/**
 * Says whether `iss` is a tenant of the API, and what is to be known of it; `undefined`: it is none (401). To throw or reject says that
 * it cannot be told at the moment (503). `iss` comes from a token that nothing has verified yet: look it up, do not build on its form.
 */
export type IssuerFunction = (iss: string) => TenantAnswer | Promise<TenantAnswer>
type TenantAnswer = string | IssuerOptions | undefined

/** Milliseconds after which the function is asked again about a tenant that is in use; nobody waits for that. */
const ASK_AGAIN_AFTER = 60_000
/** Milliseconds for which an earlier answer counts while the function fails. */
const STALE_FOR = 3_600_000
/** Milliseconds for which a refusal is remembered. */
const REFUSED_FOR = 10_000
/** Issuers of which no token has been verified yet, and refused ones, are remembered apart, so that invented ones evict none in use. */
const MAX_UNPROVEN = 100
const MAX_REFUSED = 1000

/** A tenant, with times on the monotonic clock. */
interface Tenant {
  readonly issuer: Issuer
  readonly answer: TenantAnswer
  /** When the function last said so. */
  readonly since: number
  askAgainAt: number
}

export interface TenantsOptions {
  readonly ask: IssuerFunction
  /** Most tenants that are kept, with their keys. */
  readonly max: number
  /** Reads what the function said. @throws ConfigurationError */
  readonly read: (options: string | IssuerOptions) => Issuer
  readonly runtime: Runtime
}

/** Issuers that a function knows. Those whose tokens were verified are kept, up to a bound; the one unused for longest goes first. */
export class Tenants implements IssuerDirectory {
  /** An opaque token names no tenant. */
  readonly opaque = undefined
  readonly #options: TenantsOptions
  readonly #proven: LRUCache<string, Tenant>
  readonly #unproven = new LRUCache<string, Tenant>({ max: MAX_UNPROVEN })
  readonly #refused = new LRUCache<string, number>({ max: MAX_REFUSED })
  /** Also those that a flood drove out of `#unproven` while their keys were on the way. */
  readonly #known = new WeakMap<Issuer, Tenant>()
  readonly #asking = new Map<string, Promise<Issuer | Reason>>()

  constructor(options: TenantsOptions) {
    this.#options = options
    this.#proven = new LRUCache({ max: options.max })
  }

  /** The tenants in use. */
  get all(): readonly Issuer[] {
    return [...this.#proven.values()].map(({ issuer }) => issuer)
  }

  find(iss: unknown): Issuer | Reason | Promise<Issuer | Reason> {
    if (typeof iss !== 'string') return unknownIssuer(iss)
    const now = this.#options.runtime.monotonic()
    const known = this.#proven.get(iss) ?? this.#unproven.get(iss)
    if (known === undefined || now - known.since >= ASK_AGAIN_AFTER + STALE_FOR) {
      const refusedUntil = this.#refused.get(iss) ?? now
      return now < refusedUntil ? unknownIssuer(iss) : this.#ask(iss, known)
    }
    if (now >= known.askAgainAt) {
      known.askAgainAt = now + ASK_AGAIN_AFTER
      void this.#ask(iss, known)
    }
    return known.issuer
  }

  /** A token of this issuer was verified: it is no invention, and takes its place among those in use. */
  proved(issuer: Issuer): void {
    const tenant = this.#known.get(issuer)
    if (tenant === undefined || this.#proven.has(issuer.issuer)) return
    // Asked again while this token was on its way: the newer answer stands, a refusal too.
    if (this.#options.runtime.monotonic() < (this.#refused.get(issuer.issuer) ?? 0)) return
    if ((this.#unproven.get(issuer.issuer) ?? tenant) !== tenant) return
    this.#unproven.delete(issuer.issuer)
    this.#proven.set(issuer.issuer, tenant)
  }

  /** Asks the function once for any number of tokens. Never rejects. */
  #ask(iss: string, known: Tenant | undefined): Promise<Issuer | Reason> {
    const underWay = this.#asking.get(iss)
    if (underWay !== undefined) return underWay
    const { runtime, ask } = this.#options
    const asking = withinDeadline(runtime, () => ask(iss))
      .then((answer) => this.#take(iss, answer, known))
      .catch((error: unknown) => new Reason('issuer_unavailable', { actual: messageOf(error) }))
      .finally(() => this.#asking.delete(iss))
    this.#asking.set(iss, asking)
    return asking
  }

  #take(iss: string, answer: TenantAnswer, known: Tenant | undefined): Issuer | Reason {
    const since = this.#options.runtime.monotonic()
    if (answer === undefined || answer === null) {
      this.#forget(iss, known)
      this.#refused.set(iss, since + REFUSED_FOR)
      return unknownIssuer(iss)
    }
    // Whatever else changes, a tenant keeps its keys, which an outage may not take away.
    const said = snapshot(answer)
    const unchanged = known !== undefined && sameAnswer(known.answer, said)
    const issuer = unchanged ? known.issuer : this.#options.read(answer)
    if (!unchanged && known !== undefined && sameKeys(known.answer, said))
      issuer.keys.inherit?.(known.issuer.keys)
    if (issuer.issuer !== iss)
      throw new TypeError(
        `the function \`issuer\` was asked for ${show(iss)} and gave ${show(issuer.issuer)}`,
      )
    const tenant: Tenant = { issuer, answer: said, since, askAgainAt: since + ASK_AGAIN_AFTER }
    const home = this.#proven.has(iss) ? this.#proven : this.#unproven
    home.set(iss, tenant)
    this.#known.set(issuer, tenant)
    return issuer
  }

  #forget(iss: string, known: Tenant | undefined): void {
    this.#proven.delete(iss)
    this.#unproven.delete(iss)
    if (known !== undefined) this.#known.delete(known.issuer)
  }
}

/** What was said, as it was said: the application may change its record in place. Functions, sources of keys and credentials stay what they are. */
function snapshot(answer: TenantAnswer): TenantAnswer {
  if (typeof answer !== 'object' || answer === null) return answer
  const { keys, introspection, ...rest } = answer
  return {
    ...(copy(rest) as typeof rest),
    ...(keys !== undefined && { keys }),
    ...(introspection !== undefined && {
      introspection: {
        ...(copy(introspection) as IntrospectionOptions),
        clientAuth: introspection?.clientAuth,
      },
    }),
  }
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]))
}

/** Compared by content, save for `keys` and `clientAuth`: two of them may look alike and hold different keys and secrets. */
function sameAnswer(a: TenantAnswer, b: TenantAnswer): boolean {
  const [one, other] = [optionsOf(a).introspection, optionsOf(b).introspection]
  return sameKeys(a, b) && one?.clientAuth === other?.clientAuth && isDeepStrictEqual(a, b)
}

/** Whether the keys are at the same place. How they are fetched from there may differ. */
function sameKeys(a: TenantAnswer, b: TenantAnswer): boolean {
  const [one, other] = [optionsOf(a), optionsOf(b)]
  return one.keys === other.keys && one.jwksUri === other.jwksUri
}

function optionsOf(answer: TenantAnswer): Partial<IssuerOptions> {
  return typeof answer === 'object' ? answer : {}
}

function unknownIssuer(iss: unknown): Reason {
  return new Reason('issuer_unknown', {
    expected: 'a tenant that the function `issuer` knows',
    actual: show(iss),
  })
}
