import { differBySlash } from '../text.ts'
import { FetchFailure, type FetchLimits } from './fetch.ts'
import { fetchJson } from './fetch-json.ts'
import { isFetchable } from './fetchable.ts'

/** What is taken from an issuer's metadata. Allowed algorithms are not: those listed there are for ID tokens. */
export interface IssuerMetadata {
  /** The issuer identifier, exactly as published. */
  readonly issuer: string
  readonly jwksUri: string
}

/** How an issuer's identifier is compared with its metadata. */
export type IssuerMatch = 'exact' | 'slash-optional'

/**
 * The two addresses of an issuer's metadata, in the order they are asked: OpenID Connect Discovery 1.0 §4 appends,
 * RFC 8414 §3.1 inserts between host and path.
 */
export function metadataAddresses(issuer: string): readonly [string, string] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ]
}

/**
 * Fetches and checks an issuer's metadata.
 *
 * @param match `slash-optional`: one final slash may differ, and the published form is the one that counts.
 * @throws FetchFailure where neither address answers, the metadata names another issuer (RFC 8414 §3.3), or no keys.
 */
export async function discover(
  issuer: string,
  match: IssuerMatch,
  limits: FetchLimits,
): Promise<IssuerMetadata> {
  const { issuer: published, jwks_uri: jwksUri } = await fetchMetadata(issuer, match, limits)
  if (typeof jwksUri !== 'string' || !isFetchable(jwksUri)) {
    throw new FetchFailure('the metadata names no jwks_uri that may be fetched (https, or http on loopback)')
  }
  return { issuer: published, jwksUri }
}

/** An issuer's metadata whole; only its issuer is checked. @throws FetchFailure */
export async function fetchMetadata(
  issuer: string,
  match: IssuerMatch,
  limits: FetchLimits,
): Promise<{ readonly issuer: string; readonly [member: string]: unknown }> {
  const document = await fetchDocument(issuer, limits)
  if (typeof document !== 'object' || document === null)
    throw new FetchFailure('the metadata is not a JSON object')
  const { issuer: published } = document as Record<string, unknown>
  if (typeof published !== 'string' || !matches(published, issuer, match)) throw mismatch(published, issuer)
  return { ...document, issuer: published }
}

async function fetchDocument(issuer: string, limits: FetchLimits): Promise<unknown> {
  const [first, second] = metadataAddresses(issuer)
  try {
    return (await fetchJson(first, limits)).json
  } catch (error) {
    if (limits.signal.aborted) throw error
    return fetchJson(second, limits).then(
      ({ json }) => json,
      (alsoError: FetchFailure) => {
        throw new FetchFailure(`${(error as Error).message}; ${alsoError.message}`, {
          retryAfter: longer((error as FetchFailure).retryAfter, alsoError.retryAfter),
        })
      },
    )
  }
}

function longer(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}

function matches(published: string, expected: string, match: IssuerMatch): boolean {
  return published === expected || (match === 'slash-optional' && differBySlash(published, expected))
}

function mismatch(published: unknown, expected: string): FetchFailure {
  const what = `the metadata names the issuer ${JSON.stringify(published)}, not ${JSON.stringify(expected)}`
  const slash = typeof published === 'string' && differBySlash(published, expected)
  return new FetchFailure(
    slash ? `${what}: they differ by the final slash only, so set \`issuer\` to the published one` : what,
  )
}
