import { table } from '@gatewarden/example-health-api'
import type { Outcome } from './walk.ts'
import { TOKENS } from './wallet.ts'

// 119 characters with the gaps: it fits a terminal of 120.
const COLUMNS = [
  { title: 'request', width: 28 },
  { title: 'token', width: 26 },
  { title: 'status', width: 6 },
  { title: 'what came of it (reasons are for the operator only)', width: 53 },
]

/** Everything that was asked and answered, for a plain terminal. */
export function transcript(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ step, status, says, reason, kept }) => [
    step.asks,
    TOKENS[step.token],
    `${status}`,
    kept ? says : `BROKEN, promised was ${step.status} ${step.reason ?? ''}, came ${reason ?? ''} ${says}`,
  ])
  const kept = outcomes.filter((outcome) => outcome.kept).length
  return `${table(COLUMNS, rows)}\n${kept} of ${outcomes.length} answers as promised`
}
