import { debuglog } from 'node:util'
import { Reason } from '../reason.ts'
import type { Runtime } from '../runtime.ts'
import { type FetchCause, tell } from '../telemetry.ts'
import { messageOf, show } from '../text.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { VerificationKey } from '../token/signature.ts'
import { withinDeadline } from '../upstream/deadline.ts'
import { FetchFailure } from '../upstream/fetch.ts'
import { handOver, type InitialKeys, type OnKeys } from './kept.ts'
import { KeySetState } from './key-set.ts'
import type { KeySource, KeysFound, KeysState } from './key-source.ts'
import type { KeyLoader, LoadedKeys } from './loader.ts'
import { tellOfRefresh } from './rotation.ts'
import { isFor, select } from './select.ts'

/** What a remote key set needs to know. */
export interface RemoteKeysOptions {
  /** The issuer as it is configured, for telemetry. */
  readonly issuer: string
  readonly load: KeyLoader
  readonly initial?: InitialKeys | undefined
  /** Is handed each set that was fetched or confirmed. */
  readonly onKeys?: OnKeys | undefined
}

const debug = debuglog('gatewarden')

/**
 * The keys of an issuer that is asked for them. Any number of waiting tokens share one fetch, one deadline bounds it, and `KeySetState`
 * says what may be served and when the issuer is asked. Where no keys can be had `find` rejects: that is no verdict on the token.
 */
export class RemoteKeys implements KeySource {
  readonly family = 'asymmetric' as const
  readonly #options: RemoteKeysOptions
  readonly #runtime: Runtime
  #state = new KeySetState<LoadedKeys>()
  #fetching: Promise<LoadedKeys> | undefined

  constructor(options: RemoteKeysOptions, runtime: Runtime) {
    this.#options = options
    this.#runtime = runtime
    const { initial } = options
    if (initial !== undefined) {
      const age = initial.fetchedAt === undefined ? undefined : runtime.now() - initial.fetchedAt
      this.#state.kept(runtime.monotonic(), initial.loaded, age)
    }
  }

  find(header: JoseHeader, issuer: string): KeysFound | Promise<KeysFound> {
    const now = this.#runtime.monotonic()
    const known = this.#atHand(now)
    if (known === undefined) return this.#findLater(now, header, issuer)
    const found = select(known, header, issuer)
    const isUnknown = found instanceof Reason && found.code === 'key_unknown'
    return isUnknown ? this.#renewFor(found, header, issuer) : found
  }

  trusts(key: VerificationKey, issuer: string): boolean {
    const known = this.#atHand(this.#runtime.monotonic())
    return known !== undefined && isFor(known, issuer) && known.set.has(key)
  }

  /** What may be served without waiting; renews it in the background where that is due. */
  #atHand(now: number): LoadedKeys | undefined {
    const fresh = this.#state.fresh(now)
    if (fresh !== undefined) return fresh
    const known = this.#state.value(now)
    if (known === undefined || this.#state.overslept(now)) return undefined
    // Nobody waits for a renewal while keys are in hand.
    this.#renew()
    if (this.#state.phase(now) === 'stale') this.#tellStale(now)
    return known
  }

  #findLater(now: number, header: JoseHeader, issuer: string): Promise<KeysFound> {
    // Keys past their time serve, but only once the issuer has failed.
    const otherwise = this.#state.overslept(now) ? () => this.find(header, issuer) : undefined
    return this.#fetch('demand').then((loaded) => select(loaded, header, issuer), otherwise)
  }

  async ready(): Promise<void> {
    if (this.#state.value(this.#runtime.monotonic()) === undefined) await this.#fetch('demand')
  }

  /** Fetches now where there is need, and from then on before the keys grow stale, or as soon as an issuer that failed may be asked. */
  start(): void {
    if (this.#state.phase(this.#runtime.monotonic()) !== 'fresh') this.#renew()
    // Weak, so that a set that nobody holds any longer is not renewed for ever.
    const self = new WeakRef(this)
    this.#runtime.after(this.#state.untilNextFetch(this.#runtime.monotonic()), () => self.deref()?.start())
  }

  inherit(from: KeySource): void {
    if (from instanceof RemoteKeys) this.#state = from.#state
  }

  state(): KeysState {
    const now = this.#runtime.monotonic()
    const age = this.#state.age(now)
    return {
      ready: this.#state.value(now) !== undefined,
      keys: this.#state.value(now)?.set.keys.length ?? 0,
      age: age === undefined ? undefined : Math.floor(age / 1000),
      stale: this.#state.phase(now) === 'stale',
      lastError: this.#lastError(),
    }
  }

  /** An unknown key id: the issuer may have a new key. A fresh set is not doubted because it could not be renewed; a stale one is. */
  #renewFor(unknown: Reason, header: JoseHeader, issuer: string): KeysFound | Promise<KeysFound> {
    const now = this.#runtime.monotonic()
    const isStale = this.#state.phase(now) === 'stale'
    tell('gatewarden:keys:unknown-kid', () => ({ issuer: this.#options.issuer, kid: show(header.kid) }))
    if (!isStale && this.#fetching === undefined && !this.#state.spendOnUnknownKid(now)) {
      this.#tellThrottled('unknown-kid')
      return unknown
    }
    return this.#fetch('unknown-kid').then(
      (renewed) => select(renewed, header, issuer),
      (error) => {
        if (isStale) throw error
        return unknown
      },
    )
  }

  /** Renews in the background. That it fails is kept in the state, and told of. */
  #renew(): void {
    this.#fetch('schedule').catch(() => undefined)
  }

  #fetch(cause: FetchCause): Promise<LoadedKeys> {
    if (this.#fetching !== undefined) return this.#fetching
    const pause = this.#state.pause(this.#runtime.monotonic())
    if (pause !== undefined) {
      if (cause !== 'schedule') this.#tellThrottled('pause')
      return Promise.reject(pause.error)
    }
    this.#fetching = this.#fetchNow(cause).finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  async #fetchNow(cause: FetchCause): Promise<LoadedKeys> {
    const { issuer, load } = this.#options
    const { monotonic } = this.#runtime
    const start = monotonic()
    const { last } = this.#state
    try {
      const loaded = await withinDeadline(this.#runtime, (signal) => load(last, signal))
      if (loaded.standIn !== undefined) return this.#takeStandIn(loaded, loaded.standIn.error, start)
      this.#state.fetched(monotonic(), loaded, loaded.maxAge)
      tellOfRefresh(issuer, last?.set, loaded.set)
      handOver(loaded, this.#options.onKeys, issuer, this.#runtime.now())
      return loaded
    } catch (error) {
      const retryAfter = error instanceof FetchFailure ? error.retryAfter : undefined
      this.#state.failed(monotonic(), error, retryAfter, start)
      debug('keys of %s: %s', issuer, this.#lastError())
      throw error
    } finally {
      const duration = monotonic() - start
      tell('gatewarden:keys:fetch', () => ({ issuer, cause, duration, error: this.#lastError() }))
    }
  }

  /** Keys that stand in for the issuer's own serve as stale ones do, and only where there are no others. */
  #takeStandIn(loaded: LoadedKeys, error: unknown, start: number): LoadedKeys {
    const now = this.#runtime.monotonic()
    const known = this.#state.value(now)
    if (known === undefined || known.standIn !== undefined) this.#state.kept(now, loaded)
    this.#state.failed(now, error, undefined, start)
    return this.#state.value(now) ?? loaded
  }

  #lastError(): string | undefined {
    return this.#state.failure && messageOf(this.#state.failure.error)
  }

  #tellStale(now: number): void {
    const { issuer } = this.#options
    tell('gatewarden:keys:stale', () => ({
      issuer,
      age: this.#state.age(now) ?? 0,
      error: this.#lastError(),
    }))
  }

  #tellThrottled(why: 'pause' | 'unknown-kid'): void {
    tell('gatewarden:keys:throttled', () => ({ issuer: this.#options.issuer, why }))
  }
}
