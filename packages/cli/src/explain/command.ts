import { createResourceServer, type Explanation, explanationText } from '@gatewarden/core'
import { scopes } from '@gatewarden/scope-guard'
import { apiOptions } from '../api-options.ts'
import { readArguments } from '../arguments.ts'
import { json } from '../json.ts'
import type { Terminal } from '../terminal.ts'
import { UsageProblem } from '../usage.ts'
import { readToken } from './token-input.ts'
import { memberLines } from './words.ts'

/** Without an issuer of its own the token can be read, but not judged. No address is under `.invalid`. */
const NOBODY = {
  issuer: 'https://issuer.invalid/',
  jwksUri: 'https://issuer.invalid/',
  audience: 'urn:nothing',
}

/** `gatewarden explain`. @returns the exit code: 0 admitted, 1 refused @throws UsageProblem, ConfigurationError */
export async function explainCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, rest } = readArguments(args)
  const token = await readToken(rest, terminal)
  const api = await apiOptions(options, terminal.env)
  if (api === undefined) return readOnly(token, options.json, terminal)

  const server = createResourceServer(api)
  const guard = options.scopes.length > 0 ? scopes(...options.scopes) : undefined
  const explanation = await terminal.waiting(
    `asking ${issuerOf(api.issuer)} for its keys`,
    server.explain(token, guard),
  )
  if (explanation.reason?.code === 'keys_unavailable')
    throw new UsageProblem(`the token cannot be judged, the keys cannot be had: ${explanation.reason.actual}`)
  terminal.out(options.json ? json(explanation) : report(explanation, terminal))
  return explanation.admitted ? 0 : 1
}

async function readOnly(token: string, asJson: boolean, terminal: Terminal): Promise<number> {
  const fetch = () => Promise.reject(new Error('not asked'))
  const { kind, header, claims } = await createResourceServer({ ...NOBODY, fetch }).explain(token)
  if (asJson) terminal.out(json({ kind, header, claims }))
  else terminal.out([`This is ${kind}.`, ...parts({ header, claims }, false)].join('\n'))
  terminal.err('\nNothing was checked: say whose token it should be with --issuer and --audience.')
  return 2
}

function report(explanation: Explanation, { paint }: Terminal): string {
  const [verdict = '', ...checks] = explanationText(explanation, paint).split('\n')
  const verified = explanation.checks.some(({ name, status }) => name === 'signature' && status === 'passed')
  return [verdict, ...parts(explanation, verified), '', 'Checks', ...checks.slice(1)].join('\n')
}

function parts({ header, claims }: Pick<Explanation, 'header' | 'claims'>, verified: boolean): string[] {
  const now = Date.now()
  return [
    ...(header === undefined ? [] : ['', 'Header', ...memberLines(header, now)]),
    ...(claims === undefined
      ? []
      : ['', verified ? 'Claims' : 'Claims, not verified', ...memberLines(claims, now)]),
  ]
}

function issuerOf(issuer: unknown): string {
  return typeof issuer === 'string' ? issuer : 'the issuer'
}
