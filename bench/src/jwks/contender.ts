/** An issuer's addresses, and whom its tokens are for. */
export interface Site {
  readonly issuer: string
  readonly jwksUri: string
  readonly audience: string
}

/** A verifier at work, with a key set of its own. */
export interface Verifier {
  /** Resolves where the token is admitted; throws or rejects where it is not. */
  verify(token: string): Promise<unknown>
  /** Makes the key set older than the time it is kept for; `undefined` where it is kept for ever. */
  readonly growOld: (() => Promise<void>) | undefined
}

/** One library in the field. */
export interface Contender {
  readonly name: string
  /** @param shortLived keep keys for half a second only, where that can be said, so that `growOld` need not wait for minutes */
  start(site: Site, shortLived: boolean): Verifier
}
