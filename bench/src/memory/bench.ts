import { isolated } from '../harness/isolated.ts'
import { spreadOf } from '../harness/spread.ts'
import { progress } from '../output/progress.ts'
import type { BenchOptions, BenchReport } from '../output/report.ts'
import { CLAIMS, SUBJECTS } from './subjects.ts'

const SCRIPT = new URL('./measure-process.js', import.meta.url)

/** What a token takes of memory that is remembered. */
export async function benchMemory({ quick }: BenchOptions): Promise<BenchReport> {
  const [tokens, times] = quick ? [1000, 1] : [10_000, 3]
  const bytes = new Map<string, number | undefined>()
  for (const name of Object.keys(SUBJECTS)) {
    const measured: number[] = []
    for (let time = 0; time < times; time++) {
      progress(`memory: ${name}, ${time + 1} of ${times}`)
      const each = await isolated<number | null>(SCRIPT, [name, tokens])
      if (each !== null) measured.push(each)
    }
    bytes.set(name, measured.length > 0 ? spreadOf(measured).median : undefined)
  }
  progress('')
  const claims = bytes.get(CLAIMS) ?? 0
  const ours = bytes.get('Gatewarden')
  return {
    title: 'Memory of a remembered token',
    tables: [
      {
        columns: ['bytes a token', 'beside the claims'],
        rows: [...bytes].map(([name, each]) => ({
          name,
          values:
            each === undefined
              ? ['remembers none', '']
              : [bytesText(each), name === CLAIMS ? '' : bytesText(each - claims)],
        })),
      },
    ],
    notes: [
      `The growth of the heap and of what hangs on it, each after a full collection, over ${tokens.toLocaleString('en')} tokens with payloads of about 900 bytes, in a process of its own${quick ? '' : '; the median of three'}. Nobody else holds a token meanwhile, so what keeps one alive is charged for it.`,
    ],
    figures: ours === undefined ? {} : { 'memory.gatewarden': ours - claims },
    charts: [],
  }
}

function bytesText(bytes: number): string {
  return Math.round(bytes).toLocaleString('en')
}
