import type { Reason } from '../reason.ts'
import type { Issuer } from './issuer.ts'

/** The issuers that an API trusts. */
export interface IssuerDirectory {
  /** Those that are known now. */
  readonly all: readonly Issuer[]
  /** The one that is asked about opaque tokens: what its answers are held to. */
  readonly opaque: Issuer | undefined
  /** The issuer of a token whose signature is still to be verified, by its `iss`. Never rejects. */
  find(iss: unknown): Issuer | Reason | Promise<Issuer | Reason>
  /** Is told that a token of this issuer was verified. */
  proved(issuer: Issuer): void
}
