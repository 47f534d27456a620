import { channel } from 'node:diagnostics_channel'

/** What the key sets of remote issuers tell, by the name of its channel. Times are in milliseconds. Nothing in it is secret. */
export interface KeyEvents {
  /** The issuer was asked; `error` where to no avail. */
  readonly 'gatewarden:keys:fetch': {
    readonly issuer: string
    readonly cause: FetchCause
    readonly duration: number
    readonly error: string | undefined
  }
  /** A set was fetched, or confirmed as unchanged. */
  readonly 'gatewarden:keys:refresh': {
    readonly issuer: string
    readonly keys: number
    readonly changed: boolean
  }
  /** Keys came or went, by their `kid`. The first set is none. */
  readonly 'gatewarden:keys:rotation': {
    readonly issuer: string
    readonly added: readonly (string | undefined)[]
    readonly removed: readonly (string | undefined)[]
  }
  /** A request was judged by keys past their time, because the issuer fails. */
  readonly 'gatewarden:keys:stale': {
    readonly issuer: string
    readonly age: number
    readonly error: string | undefined
  }
  /** A token named a key that is not in the set. `kid` is escaped and cut: it comes from an unverified token. */
  readonly 'gatewarden:keys:unknown-kid': { readonly issuer: string; readonly kid: string }
  /** The issuer was not asked though there was need: it is in a pause after a failure, or unknown key ids have had their fetch. */
  readonly 'gatewarden:keys:throttled': {
    readonly issuer: string
    readonly why: 'pause' | 'unknown-kid'
  }
}

/** What the introspection of tokens tells. `duration` is in milliseconds. Neither tokens nor credentials are in it. */
export interface IntrospectionEvents {
  /** An issuer was asked about a token; `throttled`: it was not, since too much is asked already. */
  readonly 'gatewarden:introspection': {
    readonly issuer: string
    readonly duration: number
    readonly outcome: 'active' | 'inactive' | 'failed' | 'throttled'
    readonly error: string | undefined
  }
}

type Events = KeyEvents & IntrospectionEvents

/** Why an issuer is asked: at creation or as time goes by; because a request has no keys; because a key is unknown. */
export type FetchCause = 'schedule' | 'demand' | 'unknown-kid'

const CHANNELS = {
  'gatewarden:keys:fetch': channel('gatewarden:keys:fetch'),
  'gatewarden:keys:refresh': channel('gatewarden:keys:refresh'),
  'gatewarden:keys:rotation': channel('gatewarden:keys:rotation'),
  'gatewarden:keys:stale': channel('gatewarden:keys:stale'),
  'gatewarden:keys:unknown-kid': channel('gatewarden:keys:unknown-kid'),
  'gatewarden:keys:throttled': channel('gatewarden:keys:throttled'),
  'gatewarden:introspection': channel('gatewarden:introspection'),
} as const

/** Tells whoever subscribed through `node:diagnostics_channel`. What is told is made only where somebody listens. */
export function tell<Name extends keyof Events>(name: Name, message: () => Events[Name]): void {
  const listeners = CHANNELS[name]
  if (listeners.hasSubscribers) listeners.publish(Object.freeze(message()))
}
