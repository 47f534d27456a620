import type { Reason } from '../reason.ts'
import type { JoseHeader } from '../token/compact.ts'
import type { VerificationKey } from '../token/signature.ts'

/** Where an issuer's keys come from. A source belongs to one issuer; keys never cross over. */
export interface KeySource {
  /** Public keys or a shared secret: an issuer has one kind, never both. */
  readonly family: 'asymmetric' | 'secret'
  /**
   * The keys to try on a token, in order, each made for the header's `alg`; or why there are none. At least one, at most four.
   * Answers at once where the keys are in hand, so that the common case waits for nothing. Throws or rejects where keys cannot
   * be had: the caller of the API is told to try again later (503), and never that the token is at fault.
   *
   * @param issuer the token's `iss`, for sources that learn at the issuer's metadata what its exact identifier is.
   */
  find(header: JoseHeader, issuer: string): KeysFound | Promise<KeysFound>
  /**
   * Whether a key that `find` gave is trusted still, as far as can be told at once; asks the issuer in the background where that is due,
   * as `find` does. Yes admits a token that was verified with the key before, with no further look at it. Without this method, tokens are
   * verified each time that they come.
   *
   * @param issuer the token's `iss`, as for `find`
   */
  trusts?(key: VerificationKey, issuer: string): boolean
  /** Resolves when keys are in hand; rejects with what is in the way. */
  ready(): Promise<void>
  /** Begins to fetch keys in the background, and to renew them; called once, where the source belongs to a resource server for good. */
  start?(): void
  /** Goes on with the keys that another source of the same issuer, at the same place, has in hand. */
  inherit?(from: KeySource): void
  /** How it stands with the keys, for readiness probes. Without it they count as in hand. */
  state?(): KeysState
}

/** How it stands with an issuer's keys. For operators: `lastError` names addresses. */
export interface KeysState {
  /** Whether tokens can be verified now. */
  readonly ready: boolean
  /** The number of keys in hand; `undefined` where the source does not count them. */
  readonly keys: number | undefined
  /** Seconds since they were fetched or confirmed; `undefined` where they never were. */
  readonly age: number | undefined
  /** Whether they are past their time, and served only because the issuer fails. */
  readonly stale: boolean
  /** Why the last fetch failed, until one goes well. */
  readonly lastError: string | undefined
}

export type KeysFound = readonly VerificationKey[] | Reason

/** The most keys that are tried on one token. */
export const MAX_CANDIDATES = 4
