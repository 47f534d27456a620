import type { KeysState } from '../keys/key-source.ts'
import type { Issuer } from './issuer.ts'

/** How it stands with one issuer's keys. */
export interface IssuerState extends KeysState {
  readonly issuer: string
}

const IN_HAND: KeysState = {
  ready: true,
  keys: undefined,
  age: undefined,
  stale: false,
  lastError: undefined,
}

export function stateOf({ issuer, keys }: Issuer): IssuerState {
  return Object.freeze({ issuer, ...(keys.state?.() ?? IN_HAND) })
}
