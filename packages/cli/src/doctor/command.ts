import type { ResourceServerOptions } from '@gatewarden/core'
import { createResourceServer, escapeControls } from '@gatewarden/core'
import { apiOptions } from '../api-options.ts'
import { readArguments } from '../arguments.ts'
import { json } from '../json.ts'
import type { Terminal } from '../terminal.ts'
import { UsageProblem } from '../usage.ts'
import { examine } from './examine.ts'
import { findingLines } from './finding.ts'
import { snippet } from './snippet.ts'

/** `gatewarden doctor`. @returns the exit code: 0 nothing is wrong, 1 something is @throws UsageProblem, ConfigurationError */
export async function doctorCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, rest } = readArguments(args)
  if (rest.length > 0) throw new UsageProblem('doctor takes options only (see --help)')
  const api = await apiOptions(options, terminal.env)
  if (api === undefined) throw new UsageProblem('say which issuer and which API: --issuer and --audience')
  const { issuer } = api
  if (typeof issuer !== 'string') throw new UsageProblem('one issuer at a time')
  requireSound(api)

  const { findings, ...found } = await terminal.waiting(`asking ${issuer}`, examine(issuer, api))
  const ok = findings.every((finding) => finding.ok)
  if (options.json) terminal.out(json({ ok, findings }))
  else {
    const protect = () => snippet(options, { ...api, issuer: found.issuer }, terminal.env)
    terminal.out([...findingLines(findings, terminal), ...advice(ok, protect)].join('\n'))
  }
  return ok ? 0 : 1
}

/** Wrong options are found here, as an API would find them at boot; nothing is asked of the issuer yet. @throws ConfigurationError */
function requireSound(api: ResourceServerOptions): void {
  createResourceServer({
    ...api,
    ...(api.keys === undefined && { fetch: () => Promise.reject(new Error('not asked')) }),
  })
}

function advice(ok: boolean, protect: () => readonly string[]): string[] {
  return ok
    ? ['', 'Nothing is wrong. Protect the API with', '', ...protect().map(escapeControls)]
    : ['', 'Something is wrong (✗).']
}
