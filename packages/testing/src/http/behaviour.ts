import { ENDPOINTS, type Endpoint } from './request-log.ts'

/** How an endpoint answers. The members work together: `{ delay: 50, status: 503 }` is a late 503. */
export interface Answer {
  /** Default: 200, or 302 with `redirectTo`. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text or bytes verbatim, an object as JSON. Default: the real document, or nothing with another status than 200. */
  readonly body?: string | Uint8Array | Readonly<Record<string, unknown>>
  /** Default: `application/json`. */
  readonly contentType?: string
  /** Members to replace in the real document, `undefined` removes: `{ issuer: 'https://another.test/' }`. */
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly redirectTo?: string
  /** Milliseconds before the first byte. */
  readonly delay?: number
  /** The body comes in pieces: the first at once, then one every so many milliseconds. */
  readonly drip?: { readonly bytes: number; readonly everyMs: number }
  /** Bytes of the body that are sent before the connection is reset. */
  readonly cut?: number
  /** Bytes of the whole body, which spaces fill up (still JSON) or which is cut off; `Infinity` never ends. */
  readonly size?: number
}

/**
 * `ok` answers as an issuer should. `hang` does not answer until the behaviour is changed or the issuer closes.
 * `reset` resets the connection.
 */
export type Behaviour = 'ok' | 'hang' | 'reset' | Answer

/** A behaviour per endpoint; of a list each serves one request, and the last serves all that follow. */
export type Behaviours = { readonly [E in Endpoint]?: Behaviour | readonly Behaviour[] }

/** The behaviours in force, and the requests that hang on them. */
export interface BehaviourBoard {
  set(behaviours: Behaviours): void
  restore(): void
  /** The behaviour for one more request. */
  next(endpoint: Endpoint): Behaviour
  /** Calls back once the endpoint's behaviour is changed; the answer takes the wait back. */
  whenChanged(endpoint: Endpoint, callback: () => void): () => void
}

export function behaviourBoard(): BehaviourBoard {
  const current: Partial<Record<Endpoint, readonly Behaviour[]>> = {}
  const hanging: Record<Endpoint, Set<() => void>> = {
    discovery: new Set(),
    jwks: new Set(),
    introspection: new Set(),
    userinfo: new Set(),
  }

  const change = (endpoint: Endpoint, behaviour: Behaviour | readonly Behaviour[]): void => {
    const list = isList(behaviour) ? behaviour : [behaviour]
    if (list.length === 0) throw new TypeError(`behave({ ${endpoint}: [] }) says nothing; use 'ok'`)
    current[endpoint] = list
    const waiting = [...hanging[endpoint]]
    hanging[endpoint].clear()
    for (const callback of waiting) callback()
  }

  return {
    set(behaviours) {
      for (const endpoint of ENDPOINTS) {
        const behaviour = behaviours[endpoint]
        if (behaviour !== undefined) change(endpoint, behaviour)
      }
    },
    restore() {
      for (const endpoint of ENDPOINTS) change(endpoint, 'ok')
    },
    next(endpoint) {
      const [first = 'ok', ...rest] = current[endpoint] ?? []
      if (rest.length > 0) current[endpoint] = rest
      return first
    },
    whenChanged(endpoint, callback) {
      hanging[endpoint].add(callback)
      return () => void hanging[endpoint].delete(callback)
    },
  }
}

function isList(behaviour: Behaviour | readonly Behaviour[]): behaviour is readonly Behaviour[] {
  return Array.isArray(behaviour)
}
