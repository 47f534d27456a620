import type { ResourceServerOptions } from '@gatewarden/core'
import { createResourceServer } from '@gatewarden/core'
import { type FetchLimits, fetchJson } from '@gatewarden/core/diagnostics'
import { apiOptions } from '../api-options.ts'
import { type Options, readArguments } from '../arguments.ts'
import { json } from '../json.ts'
import type { Terminal } from '../terminal.ts'
import { UsageProblem } from '../usage.ts'
import { clockFinding, inspectTls, watchedFetch } from './connection.ts'
import { bad, type Finding, findingLines, good } from './finding.ts'
import { inspectKeys } from './keys.ts'
import { inspectMetadata } from './metadata.ts'
import { snippet } from './snippet.ts'

const MAX_BYTES = 1024 * 1024
const DEADLINE = 4000

/** `gatewarden doctor`. @returns the exit code: 0 nothing is wrong, 1 something is @throws UsageProblem, ConfigurationError */
export async function doctorCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, rest } = readArguments(args)
  if (rest.length > 0) throw new UsageProblem('doctor takes options only (see --help)')
  const api = await apiOptions(options, terminal.env)
  if (api === undefined) throw new UsageProblem('say which issuer and which API: --issuer and --audience')
  const { issuer } = api
  if (typeof issuer !== 'string') throw new UsageProblem('one issuer at a time')
  // Wrong options are found here, as an API would find them at boot; nothing is asked of the issuer yet.
  createResourceServer({
    ...api,
    ...(api.keys === undefined && { fetch: () => Promise.reject(new Error('not asked')) }),
  })

  const findings = await terminal.waiting(`asking ${issuer}`, examine(issuer, api))
  const ok = findings.every((finding) => finding.ok)
  if (options.json) terminal.out(json({ ok, findings }))
  else terminal.out([...findingLines(findings, terminal), ...advice(ok, options, api)].join('\n'))
  return ok ? 0 : 1
}

async function examine(issuer: string, { jwksUri, keys }: ResourceServerOptions): Promise<Finding[]> {
  if (keys !== undefined) return [good('keys', 'are at hand: nothing is asked of the issuer')]
  const watched = watchedFetch()
  const limits = (): FetchLimits => ({
    fetch: watched.fetch,
    signal: AbortSignal.timeout(DEADLINE),
    maxBytes: MAX_BYTES,
  })
  const metadata = jwksUri === undefined ? await inspectMetadata(issuer, limits) : { findings: [], jwksUri }
  const found = metadata.jwksUri === undefined ? [] : await examineKeys(metadata.jwksUri, limits)
  const findings = [...metadata.findings, ...found]
  if (!watched.answered())
    throw new UsageProblem(`the issuer cannot be asked: ${findings.find(({ ok }) => !ok)?.detail}`)
  return [...findings, clockFinding(watched.skew()), await inspectTls(metadata.jwksUri ?? issuer)]
}

async function examineKeys(jwksUri: string, limits: () => FetchLimits): Promise<Finding[]> {
  try {
    return inspectKeys((await fetchJson(jwksUri, limits())).json, jwksUri)
  } catch (error) {
    return [bad('key set', (error as Error).message, 'An API without keys answers 503')]
  }
}

function advice(ok: boolean, options: Options, api: ResourceServerOptions): string[] {
  return ok
    ? ['', 'Nothing is wrong. Protect the API with', '', ...snippet(options, api)]
    : ['', 'Something is wrong (✗).']
}
