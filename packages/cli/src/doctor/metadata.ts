import { show } from '@gatewarden/core'
import {
  differBySlash,
  type FetchLimits,
  fetchJson,
  isFetchable,
  metadataAddresses,
} from '@gatewarden/core/diagnostics'
import { bad, type Finding, good } from './finding.ts'

/** What the metadata of an issuer says, and where its keys are, if it says so. */
export interface Metadata {
  readonly findings: readonly Finding[]
  /** The issuer identifier that tokens must carry. */
  readonly issuer: string
  readonly jwksUri: string | undefined
}

/** An issuer as the API names it. */
export interface NamedIssuer {
  readonly issuer: string
  /** Whether its metadata may differ by one final slash, which then counts. */
  readonly slashOptional: boolean
}

/** Asks both addresses of an issuer's metadata, in the order of the engine (OpenID Connect Discovery §4, RFC 8414 §3.1). */
export async function inspectMetadata(named: NamedIssuer, limits: FetchLimits): Promise<Metadata> {
  const { issuer } = named
  const failures: string[] = []
  for (const address of metadataAddresses(issuer)) {
    try {
      const { json } = await fetchJson(address, limits)
      const { findings, ...rest } = inspectDocument(json, named)
      return { findings: [good('metadata', address), ...findings], ...rest }
    } catch (error) {
      failures.push((error as Error).message)
      if (limits.signal.aborted) break
    }
  }
  const hint = 'Give --jwks with the address of the key set, if the issuer has no metadata'
  return { findings: [bad('metadata', failures.join('; '), hint)], issuer, jwksUri: undefined }
}

function inspectDocument(json: unknown, named: NamedIssuer): Metadata {
  const { issuer: published, jwks_uri: jwksUri } = Object(json) as Record<string, unknown>
  const name = inspectIssuer(published, named)
  if (typeof jwksUri === 'string' && isFetchable(jwksUri))
    return { ...name, findings: [...name.findings, good('jwks_uri', jwksUri)], jwksUri }
  const fault = bad('jwks_uri', `is ${show(jwksUri)}`, 'Keys are fetched over https, or on this machine')
  return { ...name, findings: [...name.findings, fault], jwksUri: undefined }
}

function inspectIssuer(
  published: unknown,
  { issuer, slashOptional }: NamedIssuer,
): Pick<Metadata, 'findings' | 'issuer'> {
  if (published === issuer)
    return { findings: [good('issuer', 'the metadata names the same issuer')], issuer }
  const differ = `the metadata names ${show(published)}, not ${show(issuer)}`
  const isSlash = typeof published === 'string' && differBySlash(published, issuer)
  if (isSlash && slashOptional) {
    const detail = `${differ}: the final slash is optional in ISSUER_BASE_URL, and the published one counts`
    return { findings: [good('issuer', detail)], issuer: published }
  }
  const hint = isSlash
    ? 'They differ by the final slash only: set `issuer` to the published one'
    : 'Set `issuer` to the one that stands in the iss of its tokens; keys of another issuer are never used'
  return { findings: [bad('issuer', differ, hint)], issuer }
}
