import { shuffled } from '../harness/shuffle.ts'
import { progress } from '../output/progress.ts'
import type { BenchOptions, BenchReport } from '../output/report.ts'
import { CONTENDERS } from './contenders.ts'
import { FIGURES, put } from './figures.ts'
import { FULL, QUICK } from './world.ts'

const NOTES = [
  'Each question has an issuer of its own on loopback, served by this process; contenders come in another order each time.',
  'Defaults throughout, save that keys are kept for 0.5 s where they are to grow old, so that nobody waits ten minutes; Gatewarden, which has no such option, has its clock put forward by eleven minutes.',
  'Waits are given up after the time shown as "> n s". jose keeps a pause of 30 s between fetches, jwks-rsa with its rate limit one minute.',
  'aws-jwt-verify fetches over https only; here through a fetcher of ours with its time limit, without redirects.',
]

/** Puts every question to every contender, one after another. */
export async function benchJwks({ quick }: BenchOptions): Promise<BenchReport> {
  const pace = quick ? QUICK : FULL
  const rows: { name: string; values: string[] }[] = []
  let done = 0
  // A contender's rejection that nobody handles is its own fault, and no reason to stop.
  process.on('unhandledRejection', () => undefined)
  for (const figure of FIGURES) {
    const values: string[] = []
    for (const index of shuffled([...CONTENDERS.keys()])) {
      const contender = CONTENDERS[index]
      if (contender === undefined) continue
      progress(`${++done} of ${FIGURES.length * CONTENDERS.length}: ${figure.name}, ${contender.name}`)
      values[index] = await put(figure, contender, pace).catch((error: Error) => `failed: ${error.message}`)
    }
    rows.push({ name: figure.name, values })
  }
  progress('')
  return {
    title: 'Key sets under fault',
    tables: [{ columns: CONTENDERS.map(({ name }) => name), rows }],
    notes: [...NOTES, `A slow answer takes ${pace.slowAnswer / 1000} s.`],
    figures: {},
    charts: [],
  }
}
