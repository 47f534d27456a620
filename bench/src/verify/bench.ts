import type { Rounds } from '../harness/rounds.ts'
import { type Spread, short, spreadText } from '../harness/spread.ts'
import type { BarChart, BenchOptions, BenchReport, BenchTable } from '../output/report.ts'
import type { BenchAlgorithm } from '../tokens/signer.ts'
import { BARE, WITH_OPTIONS } from './baselines.ts'
import { OURS } from './gatewarden.ts'
import { FAST_JWT } from './peers.ts'
import { isolatedRace, raceLength } from './race.ts'

const ALGORITHMS: readonly BenchAlgorithm[] = ['RS256', 'ES256', 'PS256', 'HS256']

const NOTES = [
  'Each figure is a ratio to the call in the first row, measured in the same round: median (quartiles). Payloads have about 900 bytes, no token is remembered by anybody, keys are in hand.',
  `\`${BARE}\` is synchronous, with a bare key: for ES256 with the signature in DER, for PS256 with a key that is for PSS, for HS256 it is the HMAC compared in constant time. "Options" is the form that libraries use: \`dsaEncoding\`, or \`padding\` and \`saltLength\`.`,
  'Gatewarden is measured from the request to the caller (`decide`); oauth4webapi from the request too; the others from the token. All check issuer, audience and times.',
]

/** What it costs to verify a token never seen before, beside the signature step alone. */
export async function benchVerify({ quick }: BenchOptions): Promise<BenchReport> {
  const tables: BenchTable[] = []
  const charts: BarChart[] = []
  const figures: Record<string, number> = {}
  for (const algorithm of ALGORITHMS) {
    const rounds = await isolatedRace({ kind: 'cold', algorithm, ...raceLength(quick) })
    tables.push(tableOf(algorithm, rounds))
    charts.push(chartOf(algorithm, rounds))
    Object.assign(figures, figuresOf(algorithm, rounds))
  }
  return { title: 'Cold path: a token never seen before', tables, notes: NOTES, figures, charts }
}

function tableOf(algorithm: string, rounds: Rounds): BenchTable {
  const bases = rounds.names.filter((name) => name === BARE || name === WITH_OPTIONS)
  return {
    caption: algorithm,
    columns: [...bases.map((base) => `ratio to ${base}`), 'µs a token'],
    rows: byMedian(rounds).map((name) => ({
      name,
      values: [
        ...bases.map((base) => spreadText(rounds.ratio(name, base))),
        short(rounds.absolute(name).median),
      ],
    })),
  }
}

function chartOf(algorithm: string, rounds: Rounds): BarChart {
  const bars = byMedian(rounds).map((name) => bar(name, rounds.ratio(name, BARE)))
  return {
    file: `verify-${algorithm}`,
    title: `${algorithm}, a token never seen before`,
    unit: `time, as a multiple of one ${BARE}: less is better`,
    bars,
  }
}

function figuresOf(algorithm: string, rounds: Rounds): Record<string, number> {
  const ours = `verify.${algorithm}.gatewarden`
  const figures: Record<string, number> = {
    [ours]: rounds.ratio(OURS, BARE).median,
    [`${ours}/fast-jwt`]: rounds.ratio(OURS, FAST_JWT).median,
  }
  if (rounds.names.includes(WITH_OPTIONS))
    figures[`${ours}/options`] = rounds.ratio(OURS, WITH_OPTIONS).median
  return figures
}

function byMedian(rounds: Rounds): string[] {
  return [...rounds.names].sort((a, b) => rounds.absolute(a).median - rounds.absolute(b).median)
}

function bar(name: string, { low, median, high }: Spread) {
  return { name, value: median, low, high, ours: name === OURS }
}
