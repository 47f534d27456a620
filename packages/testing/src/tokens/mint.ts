import type { KeyRing } from '../keys/key-ring.ts'
import type { ClaimSet, Identity } from './claims.ts'
import { signedCompact } from './compact.ts'
import type { TokenRegister } from './register.ts'
import type { TokenOptions } from './token-options.ts'

/** What every kind of token is made from. */
export interface Mint {
  readonly identity: Identity
  readonly keys: KeyRing
  readonly register: TokenRegister
}

export interface Parts {
  readonly header: ClaimSet
  readonly payload: ClaimSet
}

export const ACCESS_TOKEN_TYPE = 'at+jwt'

/** The defaults of a kind, with the caller's changes. */
export function partsOf(mint: Mint, typ: string, claims: ClaimSet, options: TokenOptions): Parts {
  const alg = options.algorithm ?? mint.keys.defaultAlgorithm
  return {
    header: { alg, typ, kid: mint.keys.kidOf(alg), ...options.header },
    payload: claimsOf(claims, options),
  }
}

/** The default claims of a kind, with the caller's changes. */
export function claimsOf(claims: ClaimSet, options: Pick<TokenOptions, 'claims' | 'omit'>): ClaimSet {
  const omitted = new Set(options.omit)
  const changed = Object.entries({ ...claims, ...options.claims }).filter(([name]) => !omitted.has(name))
  return Object.fromEntries(changed)
}

/** Signs with the algorithm and key of the options, whatever the header says. */
export function signParts(mint: Mint, { header, payload }: Parts, options: TokenOptions): string {
  const algorithm = options.algorithm ?? mint.keys.defaultAlgorithm
  return signedCompact(header, payload, algorithm, options.key ?? mint.keys.signingKey(algorithm))
}
