/** What limits one answer of an issuer. */
export interface FetchLimits {
  /** Ends connecting, header and body alike. */
  readonly signal: AbortSignal
  /** Most bytes that are read of a body. */
  readonly maxBytes: number
}

/** An issuer's answer that is of no use. Its message is for operators and never reaches a caller. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure'
}

/**
 * GETs a JSON document. Only 200 counts; a redirect is refused, since it could lead to another's keys; the content type is not
 * trusted either way. The body is read as a stream and dropped beyond the limit.
 *
 * @throws FetchFailure with what was wrong: the address, then the status, the size, the network's error, or the deadline.
 */
export async function fetchJson(url: string, { signal, maxBytes }: FetchLimits): Promise<unknown> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new FetchFailure(
        `${url} answered ${response.status}${response.status >= 300 && response.status < 400 ? ', and redirects are not followed' : ''}`,
      )
    }
    return parse(url, await readAtMost(url, response, maxBytes))
  } catch (error) {
    throw error instanceof FetchFailure
      ? error
      : new FetchFailure(`${url}: ${causeOf(error)}`, { cause: error })
  }
}

async function readAtMost(url: string, response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
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

/** fetch() hides the network's own error behind "fetch failed". */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no whole answer within the deadline'
  return error.cause instanceof Error
    ? causeOf(error.cause)
    : 'code' in error
      ? `${error.code}`
      : error.message
}
