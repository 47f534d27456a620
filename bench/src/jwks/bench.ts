import { cpus } from 'node:os'
import type { BenchReport } from '../table.ts'
import { CONTENDERS } from './contenders.ts'
import { FIGURES, put } from './figures.ts'

const NOTES = [
  'Each question has an issuer of its own on loopback, served by this process; contenders come in another order each time.',
  'Defaults throughout, save that keys are kept for 0.5 s where they are to grow old, so that nobody waits ten minutes; Gatewarden, which has no such option, has its clock put forward by eleven minutes.',
  'Waits are given up after the time shown as "> n s". jose keeps a pause of 30 s between fetches, jwks-rsa with its rate limit one minute.',
  'aws-jwt-verify fetches over https only; here through a fetcher of ours with its time limit, without redirects.',
]

/** Puts every question to every contender, one after another. */
export async function benchJwks(quick: boolean): Promise<BenchReport> {
  const patience = quick ? 3000 : 12_000
  const rows: { figure: string; values: string[] }[] = []
  let done = 0
  // A contender's rejection that nobody handles is its own fault, and no reason to stop.
  process.on('unhandledRejection', () => undefined)
  for (const figure of FIGURES) {
    const values: string[] = []
    for (const index of shuffled(CONTENDERS.length)) {
      const contender = CONTENDERS[index]
      if (contender === undefined) continue
      progress(`${++done} of ${FIGURES.length * CONTENDERS.length}: ${figure.name}, ${contender.name}`)
      values[index] = await put(figure, contender, patience).catch(
        (error: Error) => `failed: ${error.message}`,
      )
    }
    rows.push({ figure: figure.name, values })
  }
  progress('')
  return {
    title: 'Key sets under fault',
    machine: `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; \`pnpm bench jwks${quick ? ' --quick' : ''}\``,
    contenders: CONTENDERS.map(({ name }) => name),
    rows,
    notes: NOTES,
  }
}

function shuffled(length: number): number[] {
  const order = Array.from({ length }, (_, index) => index)
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1))
    ;[order[last], order[other]] = [order[other] as number, order[last] as number]
  }
  return order
}

/** One line that is written over, on a terminal only. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}
