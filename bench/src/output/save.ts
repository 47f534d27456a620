import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BenchReport } from './report.ts'
import { svg } from './svg.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/benchmarks/', import.meta.url))

/** Writes the charts of a report into the documentation, for this major version of Node; resolves to their names. */
export async function saveCharts({ charts }: BenchReport): Promise<string[]> {
  const major = Number.parseInt(process.versions.node, 10)
  await mkdir(FOLDER, { recursive: true })
  const names: string[] = []
  for (const chart of charts) {
    const name = `${chart.file}-node${major}.svg`
    await writeFile(`${FOLDER}${name}`, svg(chart))
    names.push(name)
  }
  return names
}
