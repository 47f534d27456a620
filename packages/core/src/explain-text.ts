import type { Explanation } from './explain.ts'
import type { CheckResult, CheckStatus } from './explain-result.ts'

/** How parts of the text are set off, on a terminal. */
export interface Paint {
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly faint: (text: string) => string
}

const PLAIN: Paint = { good: String, bad: String, faint: String }

const SIGNS: { readonly [status in CheckStatus]: string } = {
  passed: '✓',
  failed: '✗',
  unverified: '?',
  'not reached': '-',
}
const LEGEND = '  ? would pass, and proves nothing: the signature does not hold or could not be checked'

/** An explanation as lines: the verdict, each check with its sign, and what to do. */
export function explanationText(explanation: Explanation, paint: Paint = PLAIN): string {
  const { admitted, kind, checks, reason } = explanation
  const verdict = admitted
    ? paint.good('admitted')
    : paint.bad(`refused: ${reason?.code ?? 'a function threw'}`)
  const width = Math.max(...checks.map(({ title }) => title.length))
  const last = checks.findLastIndex(({ status }) => status !== 'not reached') + 1
  const lines = [
    `${verdict} (this is ${kind})`,
    '',
    ...checks.slice(0, last).map((check) => checkLine(check, width, paint)),
  ]
  if (last < checks.length) lines.push(paint.faint(`  - not reached: ${checks.length - last} more checks`))
  if (checks.some(({ status }) => status === 'unverified')) lines.push('', paint.faint(LEGEND))
  if (reason !== undefined) lines.push('', `Hint: ${reason.hint}`)
  return lines.join('\n')
}

function checkLine(check: CheckResult, width: number, paint: Paint): string {
  const { title, status } = check
  const sign = `  ${SIGNS[status]}`
  const rest = ` ${title.padEnd(width)}  ${detail(check)}`.trimEnd()
  if (status === 'passed') return paint.good(sign) + rest
  return status === 'failed' ? paint.bad(sign + rest) : paint.faint(sign + rest)
}

function detail({ status, expected, actual }: CheckResult): string {
  if (status === 'not reached') return status
  if (expected === undefined) return actual ?? ''
  return actual === undefined ? `expected ${expected}` : `expected ${expected}, got ${actual}`
}
