import { writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import type { Arguments } from './arguments.ts'
import { BENCHES } from './benches.ts'
import { check } from './check/check.ts'
import { circumstances } from './output/circumstances.ts'
import { markdown, tableLines } from './output/markdown.ts'
import type { BenchReport } from './output/report.ts'
import { saveCharts } from './output/save.ts'

/** Runs the benches that were asked for and prints what they found; resolves to what the process should end with. */
export async function run({ benches, quick, check: checks, save, json }: Arguments): Promise<number> {
  warnIfBusy()
  const reports: Record<string, BenchReport> = {}
  for (const name of benches) {
    const report = await BENCHES[name]({ quick })
    reports[name] = report
    print(`${markdown(report, circumstances(`${name}${quick ? ' --quick' : ''}`))}\n`)
    if (save) for (const file of await saveCharts(report)) print(`![](${file})`)
  }
  const figures = Object.assign({}, ...Object.values(reports).map((report) => report.figures))
  const found = { node: process.versions.node, quick, figures }
  print(`\`\`\`json\n${JSON.stringify(found, rounded, 2)}\n\`\`\``)
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ ...found, reports }, undefined, 2)}\n`)
  if (!checks) return 0

  const { table, failures } = check(benches, figures)
  print(['', ...tableLines(table)].join('\n'))
  for (const line of failures) process.stderr.write(`falls short: ${line}\n`)
  return failures.length === 0 ? 0 : 1
}

/** Ratios bear a busy machine better than times do, but those of `http`, with two processes at work, do not bear it well. */
function warnIfBusy(): void {
  const [load = 0] = loadavg()
  if (load > availableParallelism() / 3)
    process.stderr.write(
      `others are at work on this machine (load ${load.toFixed(1)}): expect wide quartiles\n`,
    )
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}
