import type { IncomingHttpHeaders } from 'node:http'

/** What an endpoint hears of a request. */
export interface Asked {
  readonly headers: IncomingHttpHeaders
  /** The body as text; empty where there is none. */
  readonly body: string
}

/** What an endpoint says while it behaves. */
export interface Document {
  readonly members: Readonly<Record<string, unknown>>
  /** Default: 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Default: `application/json`. */
  readonly contentType?: string
  /** The text that the members become. Default: JSON. */
  readonly serialise?: (members: Readonly<Record<string, unknown>>) => string
  /** Whether it is about one caller or token, so that nothing may keep it: `no-store`, and no ETag. */
  readonly private?: boolean
}
