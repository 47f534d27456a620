/** Most bytes that are read of what an issuer publishes. */
export const MAX_BYTES = 1024 * 1024

/** The part of the global `fetch` that is used: a GET with a signal, whose redirects are not followed. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** How an issuer is asked, and what limits its answer. */
export interface FetchLimits {
  readonly fetch: Fetch
  /** Ends connecting, header and body alike. */
  readonly signal: AbortSignal
  /** Most bytes that are read of a body. */
  readonly maxBytes: number
}

/** A document, or, where an `etag` was sent, that it is unchanged (RFC 9110 §15.4.5). */
export interface FetchedJson {
  /** `undefined`: unchanged. */
  readonly json: unknown
  readonly etag: string | undefined
  /** Seconds that it may be kept (RFC 9111 §5.2.2.1), 0 where it may not; `undefined` where nothing is said. */
  readonly maxAge: number | undefined
}

/** An issuer's answer that is of no use. Its message is for operators and never reaches a caller. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure'
  /** Seconds after which the issuer wants to be asked again (RFC 9110 §10.2.3). */
  readonly retryAfter: number | undefined

  constructor(
    message: string,
    { retryAfter, cause }: { retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.retryAfter = retryAfter
  }
}

/**
 * GETs a JSON document. Only 200 counts, and 304 where `etag` was sent; a redirect is refused, since it could lead to another's keys;
 * the content type is not trusted either way. The body is read as a stream and dropped beyond the limit.
 *
 * @throws FetchFailure with what was wrong: the address, then the status, the size, the network's error, or the deadline.
 */
export async function fetchJson(url: string, limits: FetchLimits, etag?: string): Promise<FetchedJson> {
  const { fetch, signal, maxBytes } = limits
  const headers = { accept: 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) }
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers })
    if (response.redirected)
      throw new FetchFailure(`${url} was left by a redirect, and redirects are not followed`)
    const unchanged = response.status === 304 && etag !== undefined
    if (response.status !== 200 && !unchanged) {
      await response.body?.cancel()
      throw new FetchFailure(`${url} answered ${statusText(response.status)}`, {
        retryAfter: retryAfterOf(response),
      })
    }
    const json = unchanged ? undefined : parse(url, await readAtMost(url, response, maxBytes))
    return { json, etag: response.headers.get('etag') ?? etag, maxAge: maxAgeOf(response) }
  } catch (error) {
    throw error instanceof FetchFailure
      ? error
      : new FetchFailure(`${url}: ${causeOf(error)}`, { cause: error })
  }
}

async function readAtMost(url: string, response: Response, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    const chunk = Buffer.from(piece)
    size += chunk.length
    // Leaving the loop cancels the stream, and with it the connection.
    if (size > maxBytes) throw new FetchFailure(`${url} sent more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(url: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new FetchFailure(`${url} did not answer with JSON`)
  }
}

function statusText(status: number): string {
  return status >= 300 && status < 400 ? `${status}, and redirects are not followed` : `${status}`
}

function maxAgeOf({ headers }: Response): number | undefined {
  const directives = headers.get('cache-control')?.toLowerCase() ?? ''
  if (/\bno-(store|cache)\b/.test(directives)) return 0
  const seconds = /(?:^|[\s,])max-age="?(\d{1,9})\b/.exec(directives)?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}

/** Seconds only: the form with a date would need the issuer's clock. */
function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('retry-after') ?? ''
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined
}

/** fetch() hides the network's own error behind "fetch failed". */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no whole answer within the deadline'
  if (error.cause instanceof Error) return causeOf(error.cause)
  return error.message === '' && 'code' in error ? `${error.code}` : error.message
}
