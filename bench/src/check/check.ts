import type { BenchTable } from '../output/report.ts'
import { THRESHOLDS, type Threshold } from './thresholds.ts'

/** What became of the thresholds. */
export interface Verdict {
  readonly table: BenchTable
  /** The rows that fell short, a line each. */
  readonly failures: readonly string[]
}

/** Holds figures to the thresholds of the benches that ran, for this version of Node. A figure that is missing falls short. */
export function check(benches: readonly string[], figures: Readonly<Record<string, number>>): Verdict {
  const due = THRESHOLDS.filter((threshold) => isDue(threshold, benches))
  const judged = due.map((threshold) => judge(threshold, figures[threshold.figure]))
  return {
    table: {
      caption: 'Thresholds',
      columns: ['what', 'measured', 'wanted', ''],
      rows: judged.map(({ figure, says, measured, wanted, holds }) => ({
        name: figure,
        values: [says, measured, wanted, holds ? 'holds' : 'FALLS SHORT'],
      })),
    },
    failures: judged
      .filter(({ holds }) => !holds)
      .map(({ figure, says, measured, wanted }) => `${figure} (${says}): ${measured}, wanted ${wanted}`),
  }
}

function isDue({ figure, node }: Threshold, benches: readonly string[]): boolean {
  const isNew = Number.parseInt(process.versions.node, 10) >= 24
  if (node !== undefined && isNew !== (node === '24 and later')) return false
  return benches.includes(figure.split('.')[0] ?? '')
}

function judge({ figure, says, atMost, atLeast }: Threshold, value: number | undefined) {
  return {
    figure,
    says,
    // Exact enough that what falls short never reads as if it held.
    measured: value === undefined ? 'not measured' : `${Number(value.toPrecision(4))}`,
    wanted: atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`,
    holds: value !== undefined && value <= (atMost ?? value) && value >= (atLeast ?? value),
  }
}
