import { gatewarden } from '../harness/gatewarden.ts'
import { type Measured, runRounds } from '../harness/rounds.ts'
import { short } from '../harness/spread.ts'
import { progress } from '../output/progress.ts'
import type { BenchOptions, BenchReport } from '../output/report.ts'
import { rs256 } from '../tokens/signer.ts'
import { serverOptions } from '../verify/gatewarden.ts'
import { INPUTS, LARGE } from './inputs.ts'

const PARTIES = { issuer: 'https://issuer.test/', audience: 'https://api.test/' }

/** What it costs to refuse what is no token, up to the largest that is looked at. */
export async function benchMalformed({ quick }: BenchOptions): Promise<BenchReport> {
  const { rounds, times } = quick ? { rounds: 2, times: 20 } : { rounds: 40, times: 200 }
  const server = gatewarden(serverOptions(rs256(), PARTIES))
  const field = Object.entries({ ...INPUTS, ...LARGE }).map(([name, value]): Measured => {
    const request = { method: 'GET', url: '/', rawHeaders: ['Authorization', value] }
    return {
      name,
      measure() {
        const start = process.hrtime.bigint()
        for (let i = 0; i < times; i++) {
          const decision = server.decide(request)
          if (decision instanceof Promise || decision.ok) throw new Error(`admitted: ${name}`)
        }
        return Number(process.hrtime.bigint() - start) / 1000 / times
      },
    }
  })
  const measured = await runRounds(field, rounds, (round) =>
    progress(`malformed: round ${round} of ${rounds}`),
  )
  progress('')
  const rows = measured.names
    .map((name) => ({ name, time: measured.absolute(name).median, code: codeOf(name) }))
    .sort((a, b) => b.time - a.time)
  const worst = (names: object) =>
    Math.max(...rows.filter(({ name }) => name in names).map(({ time }) => time))

  function codeOf(name: string): string {
    const value = INPUTS[name] ?? LARGE[name] ?? ''
    const decision = server.decide({ method: 'GET', url: '/', rawHeaders: ['Authorization', value] })
    return decision instanceof Promise || decision.ok ? '' : decision.reason.code
  }

  return {
    title: 'Refusing what is no token',
    tables: [
      {
        columns: ['µs', 'reason'],
        rows: rows.map(({ name, time, code }) => ({ name, values: [short(time), code] })),
      },
    ],
    notes: [
      'Median time to refuse, reason and hint included: these are times of this machine, not ratios. Each is as large as fits into 16 KiB.',
      'A forgery that is well-formed costs its one signature check (`verify`).',
    ],
    figures: { 'malformed.worst': worst(INPUTS), 'malformed.large': worst(LARGE) },
    charts: [],
  }
}
