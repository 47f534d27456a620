import { ask, FetchFailure, type FetchLimits, type Fields } from './fetch.ts'

/** Most bytes that are read of what an issuer publishes. */
export const MAX_BYTES = 1024 * 1024

/** A document, or, where an `etag` was sent, that it is unchanged (RFC 9110 §15.4.5). */
export interface FetchedJson {
  /** `undefined`: unchanged. */
  readonly json: unknown
  readonly etag: string | undefined
  /** Seconds that it may be kept (RFC 9111 §5.2.2.1), 0 where it may not; `undefined` where nothing is said. */
  readonly maxAge: number | undefined
}

/**
 * GETs a JSON document. Only 200 counts, and 304 where `etag` was sent.
 *
 * @throws FetchFailure with what was wrong: the address, then the status, the size, the form, the network's error, or the deadline.
 */
export async function fetchJson(url: string, limits: FetchLimits, etag?: string): Promise<FetchedJson> {
  const conditional = etag !== undefined
  const headers = { accept: 'application/json', ...(conditional && { 'if-none-match': etag }) }
  const answer = await ask(url, { headers }, limits, conditional ? [200, 304] : [200])
  const json = answer.status === 304 ? undefined : parse(url, answer.body)
  return { json, etag: answer.headers.get('etag') ?? etag, maxAge: maxAgeOf(answer.headers) }
}

function parse(url: string, body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new FetchFailure(`${url} did not answer with JSON`)
  }
}

function maxAgeOf(headers: Fields): number | undefined {
  const directives = headers.get('cache-control')?.toLowerCase() ?? ''
  if (/\bno-(store|cache)\b/.test(directives)) return 0
  const seconds = /(?:^|[\s,])max-age="?(\d{1,9})\b/.exec(directives)?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}
