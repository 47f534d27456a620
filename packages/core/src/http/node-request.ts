import type { IncomingMessage } from 'node:http'
import type { RequestView } from './request.ts'

/** What is needed of `http.IncomingMessage`; an `http2` compatibility request and a WebSocket upgrade have it too. */
export type NodeRequest = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>

/** The view of any Node request. Reads `rawHeaders`: Node keeps only the first `Authorization` field in `headers`. */
export function nodeRequest(request: NodeRequest): RequestView {
  return new NodeRequestView(request)
}

/** A `RequestView` as it is, a Node request as its view. */
export function requestView(request: RequestView | NodeRequest): RequestView {
  return 'rawHeaders' in request ? nodeRequest(request) : request
}

/** Entries of `rawHeaders` from which on Node drops fields without a word, unless the server says otherwise. */
const RAW_LIMIT = 2000

/** `server.maxHeadersCount` counts fields, each of which has two entries; 0 is no limit. */
function rawLimit({ socket }: NodeRequest & { readonly socket?: WithServer | null }): number {
  const most = socket?.server?.maxHeadersCount ?? undefined
  if (most === undefined) return RAW_LIMIT
  return most === 0 ? Number.POSITIVE_INFINITY : 2 * most
}

interface WithServer {
  readonly server?: { readonly maxHeadersCount?: number | null } | null
}

const NONE: readonly string[] = Object.freeze([])

class NodeRequestView implements RequestView {
  readonly #request: NodeRequest
  /** Read once: Express gives each request another prototype, and with it a shape that no member is found in quickly. */
  readonly #raw: readonly string[]

  constructor(request: NodeRequest) {
    this.#request = request
    this.#raw = request.rawHeaders
  }

  get method(): string {
    return this.#request.method ?? ''
  }

  get query(): string {
    const url = this.#request.url ?? ''
    const start = url.indexOf('?')
    return start === -1 ? '' : url.slice(start + 1)
  }

  get complete(): boolean {
    return this.#raw.length < rawLimit(this.#request)
  }

  header(name: string): readonly string[] {
    const raw = this.#raw
    let values: string[] | undefined
    for (let i = 0; i < raw.length; i += 2) {
      const field = raw[i] as string
      if (field.length !== name.length || field.toLowerCase() !== name) continue
      const value = raw[i + 1] as string
      if (values === undefined) values = [value]
      else values.push(value)
    }
    return values ?? NONE
  }
}
