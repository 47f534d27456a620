import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** Where requests go: both metadata documents count as discovery. */
export const ENDPOINTS = ['discovery', 'jwks', 'introspection', 'userinfo'] as const

export type Endpoint = (typeof ENDPOINTS)[number]

export interface RecordedRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** What a POST carried, as text: the form of an introspection request. */
  readonly body?: string
}

/** The requests since the start or the last reset, oldest first. `other` are those that were answered 404. */
export type RequestLog = { readonly [E in Endpoint | 'other']: readonly RecordedRequest[] }

interface Waiter {
  readonly endpoint: keyof RequestLog
  readonly count: number
  resolve(): void
}

export interface RequestRecorder {
  readonly log: RequestLog
  record(endpoint: keyof RequestLog, request: IncomingMessage, body?: string): void
  /** Resolves once this many requests have come. */
  received(endpoint: keyof RequestLog, count: number): Promise<void>
  reset(): void
}

export function requestRecorder(): RequestRecorder {
  const empty = (): Record<keyof RequestLog, RecordedRequest[]> => ({
    discovery: [],
    jwks: [],
    introspection: [],
    userinfo: [],
    other: [],
  })
  let log = empty()
  let waiters: readonly Waiter[] = []

  return {
    get log() {
      return log
    },
    record(endpoint, { method = '', url = '', headers }, body) {
      log[endpoint].push({ method, url, headers, ...(body !== undefined && { body }) })
      const due = waiters.filter((waiter) => log[waiter.endpoint].length >= waiter.count)
      waiters = waiters.filter((waiter) => !due.includes(waiter))
      for (const waiter of due) waiter.resolve()
    },
    received(endpoint, count) {
      if (log[endpoint].length >= count) return Promise.resolve()
      return new Promise((resolve) => {
        waiters = [...waiters, { endpoint, count, resolve }]
      })
    },
    reset() {
      log = empty()
    },
  }
}
