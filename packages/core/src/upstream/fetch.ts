/** What is said in a request. */
export interface FetchInit {
  readonly method?: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: URLSearchParams
  readonly signal: AbortSignal
  readonly redirect: 'manual'
}

/** What is read of an answer; a `Response` of the global `fetch` has it. */
export interface Fetched {
  readonly status: number
  readonly redirected: boolean
  readonly headers: Fields
  readonly body: (AsyncIterable<Uint8Array> & { cancel(): Promise<void> }) | null
}

/** Asks once, with a signal, and follows no redirects. The global `fetch` will do, and so will less. */
export type Fetch = (url: string, init: FetchInit) => Promise<Fetched>

/** Header fields, by their names in lower case. */
export interface Fields {
  get(name: string): string | null
}

/** How an issuer is asked, and what limits its answer. */
export interface FetchLimits {
  readonly fetch: Fetch
  /** Ends connecting, header and body alike. */
  readonly signal: AbortSignal
  /** Most bytes that are read of a body. */
  readonly maxBytes: number
}

/** What is sent. */
export interface Question {
  readonly headers: Readonly<Record<string, string>>
  /** A form to POST; without it, GET. */
  readonly form?: URLSearchParams | undefined
}

/** A whole answer of one of the statuses that were asked for. */
export interface Answer {
  readonly status: number
  readonly headers: Fields
  readonly body: Buffer
}

/** An issuer's answer that is of no use. Its message is for operators and never reaches a caller. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure'
  /** The status that was answered; `undefined` where none was, or where something else was wrong. */
  readonly status: number | undefined
  /** Seconds after which the issuer wants to be asked again (RFC 9110 §10.2.3). */
  readonly retryAfter: number | undefined

  constructor(
    message: string,
    {
      status,
      retryAfter,
      cause,
    }: { status?: number | undefined; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.status = status
    this.retryAfter = retryAfter
  }
}

/**
 * Asks once. A redirect is refused, since it could lead to another's answer, or take credentials along; the body is read as a stream
 * and dropped beyond the limit. The content type is not looked at.
 *
 * @param statuses that count as an answer
 * @throws FetchFailure with what was wrong: the address, then the status, the size, the network's error, or the deadline.
 */
export async function ask(
  url: string,
  { headers, form }: Question,
  { fetch, signal, maxBytes }: FetchLimits,
  statuses: readonly number[] = [200],
): Promise<Answer> {
  try {
    const how = form === undefined ? {} : ({ method: 'POST', body: form } as const)
    const response = await fetch(url, { redirect: 'manual', signal, headers, ...how })
    if (response.redirected)
      throw new FetchFailure(`${url} was left by a redirect, and redirects are not followed`)
    const { status } = response
    if (!statuses.includes(status)) {
      await response.body?.cancel()
      throw new FetchFailure(`${url} answered ${statusText(status)}`, {
        status,
        retryAfter: retryAfterOf(response),
      })
    }
    return { status, headers: response.headers, body: await readAtMost(url, response, maxBytes) }
  } catch (error) {
    throw error instanceof FetchFailure
      ? error
      : new FetchFailure(`${url}: ${causeOf(signal.aborted ? signal.reason : error)}`, { cause: error })
  }
}

async function readAtMost(url: string, response: Fetched, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    const chunk = Buffer.from(piece)
    size += chunk.length
    // Leaving the loop cancels the stream, and with it the connection.
    if (size > maxBytes) throw new FetchFailure(`${url} sent more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function statusText(status: number): string {
  return status >= 300 && status < 400 ? `${status}, and redirects are not followed` : `${status}`
}

/** Seconds only: the form with a date would need the issuer's clock. */
function retryAfterOf({ headers }: Fetched): number | undefined {
  const value = headers.get('retry-after') ?? ''
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined
}

/** fetch() hides the network's own error behind "fetch failed", and node:http says no more than "aborted". */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no whole answer within the deadline'
  if (error.cause instanceof Error) return causeOf(error.cause)
  const { message } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (message === '') return code
  return message.includes(code) ? message : `${message} (${code})`
}
