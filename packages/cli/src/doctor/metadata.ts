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
  readonly jwksUri: string | undefined
}

/** Asks both addresses of an issuer's metadata, in the order of the engine (OpenID Connect Discovery §4, RFC 8414 §3.1). */
export async function inspectMetadata(issuer: string, limits: () => FetchLimits): Promise<Metadata> {
  const failures: string[] = []
  for (const address of metadataAddresses(issuer)) {
    try {
      const { json } = await fetchJson(address, limits())
      const { findings, jwksUri } = inspectDocument(json, issuer)
      return { findings: [good('metadata', address), ...findings], jwksUri }
    } catch (error) {
      failures.push((error as Error).message)
    }
  }
  const hint = 'Give --jwks with the address of the key set, if the issuer has no metadata'
  return { findings: [bad('metadata', failures.join('; '), hint)], jwksUri: undefined }
}

function inspectDocument(json: unknown, issuer: string): Metadata {
  const { issuer: published, jwks_uri: jwksUri } = Object(json) as Record<string, unknown>
  const findings: Finding[] = [
    published === issuer
      ? good('issuer', 'the metadata names the same issuer')
      : bad(
          'issuer',
          `the metadata names ${show(published)}, not ${show(issuer)}`,
          issuerHint(published, issuer),
        ),
  ]
  if (typeof jwksUri === 'string' && isFetchable(jwksUri)) {
    findings.push(good('jwks_uri', jwksUri))
    return { findings, jwksUri }
  }
  findings.push(bad('jwks_uri', `is ${show(jwksUri)}`, 'Keys are fetched over https, or on this machine'))
  return { findings, jwksUri: undefined }
}

function issuerHint(published: unknown, issuer: string): string {
  return typeof published === 'string' && differBySlash(published, issuer)
    ? 'They differ by the final slash only: set `issuer` to the published one'
    : 'Set `issuer` to the one that stands in the iss of its tokens; keys of another issuer are never used'
}
