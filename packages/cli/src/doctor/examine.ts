import type { ResourceServerOptions } from '@gatewarden/core'
import { type FetchLimits, fetchJson, MAX_BYTES, SLASH_OPTIONAL, SYSTEM } from '@gatewarden/core/diagnostics'
import { UsageProblem } from '../usage.ts'
import { clockFinding, type WatchedFetch, watchedFetch } from './connection.ts'
import { bad, type Finding, good } from './finding.ts'
import { inspectKeys } from './keys.ts'
import { inspectMetadata, type Metadata } from './metadata.ts'
import { inspectTls } from './tls.ts'

/** Milliseconds that the engine gives an issuer for metadata and keys together. */
const DEADLINE = SYSTEM.fetchDeadline

/** What was found. */
export interface Examination {
  readonly findings: readonly Finding[]
  /** The issuer identifier that tokens must carry. */
  readonly issuer: string
}

/** Asks an issuer for all that an API asks of it, within the same deadline. @throws UsageProblem where it cannot be asked */
export async function examine(issuer: string, api: ResourceServerOptions): Promise<Examination> {
  if (api.keys !== undefined)
    return { findings: [good('keys', 'are at hand: nothing is asked of the issuer')], issuer }
  const watched = watchedFetch()
  const signal = AbortSignal.timeout(DEADLINE)
  const start = performance.now()
  const asked = await ask(issuer, api, { fetch: watched.fetch, signal, maxBytes: MAX_BYTES })
  const time = timeFinding(performance.now() - start, signal.aborted)
  const address = asked.jwksUri ?? issuer
  if (!watched.answered()) return { findings: [await noAnswer(address, asked, signal)], issuer }
  const { finding: tls } = await inspectTls(address)
  return { ...asked, findings: [...asked.findings, time, clocks(watched, api), tls] }
}

async function ask(
  issuer: string,
  { jwksUri, ...api }: ResourceServerOptions,
  limits: FetchLimits,
): Promise<Metadata> {
  const metadata =
    jwksUri === undefined
      ? await inspectMetadata({ issuer, slashOptional: SLASH_OPTIONAL in api }, limits)
      : { findings: [], issuer, jwksUri }
  if (metadata.jwksUri === undefined) return metadata
  return { ...metadata, findings: [...metadata.findings, ...(await askKeys(metadata.jwksUri, limits))] }
}

async function askKeys(jwksUri: string, limits: FetchLimits): Promise<Finding[]> {
  try {
    return inspectKeys((await fetchJson(jwksUri, limits)).json, jwksUri)
  } catch (error) {
    return [bad('key set', (error as Error).message, 'An API without keys answers 503')]
  }
}

function clocks(watched: WatchedFetch, { clockTolerance }: ResourceServerOptions): Finding {
  return clockFinding(watched.skew(), clockTolerance)
}

function timeFinding(milliseconds: number, isOver: boolean): Finding {
  const limit = `${DEADLINE / 1000} s that an API gives metadata and key set together`
  return isOver
    ? bad('time', `more than the ${limit}`, 'Until both come in time, the API has no keys and answers 503')
    : good('time', `${(milliseconds / 1000).toFixed(1)} s of the ${limit}`)
}

/** Nothing was heard: because of TLS, which is a finding, or because there is nobody to ask. @throws UsageProblem */
async function noAnswer(address: string, { findings }: Metadata, signal: AbortSignal): Promise<Finding> {
  if (!signal.aborted) {
    const { finding, reached } = await inspectTls(address)
    if (reached && !finding.ok) return finding
  }
  const why = findings.find(({ ok }) => !ok)?.detail
  throw new UsageProblem(
    `the issuer cannot be asked: ${why}${signal.aborted ? ` (${DEADLINE / 1000} s)` : ''}`,
  )
}
