import { short, spreadText } from '../harness/spread.ts'
import type { Bar, BenchOptions, BenchReport } from '../output/report.ts'
import type { BenchAlgorithm } from '../tokens/signer.ts'
import { BARE, HASH } from '../verify/baselines.ts'
import { OURS } from '../verify/gatewarden.ts'
import { FAST_JWT } from '../verify/peers.ts'
import { isolatedRace, raceLength } from '../verify/race.ts'

const ALGORITHMS: readonly BenchAlgorithm[] = ['RS256', 'ES256', 'HS256']
const BOTH = [OURS, FAST_JWT]

const NOTES = [
  'Every token was seen before and is remembered. Gatewarden is measured from the request to the caller (`decide`); fast-jwt from the token to its claims.',
  `\`${BARE}\`, the signature step alone, is what a hit saves; \`${HASH}\` is SHA-256 of the whole token, of which a hit hashes no more than the signature.`,
]

/** What a token costs that was verified before. */
export async function benchCache({ quick }: BenchOptions): Promise<BenchReport> {
  const rows: { name: string; values: string[] }[] = []
  const bars: Bar[] = []
  const figures: Record<string, number> = {}
  for (const algorithm of ALGORITHMS) {
    const rounds = await isolatedRace({ kind: 'remembered', algorithm, ...raceLength(quick) })
    const ratio = rounds.ratio(OURS, FAST_JWT)
    const toHash = rounds.ratio(OURS, HASH)
    const toVerify = BOTH.map((name) => ({ name, ...rounds.ratio(name, BARE) }))
    const times = BOTH.map((name) => short(rounds.absolute(name).median))
    rows.push({
      name: algorithm,
      values: [spreadText(ratio), spreadText(toHash), ...toVerify.map(spreadText), ...times],
    })
    for (const { name, low, median, high } of toVerify)
      bars.push({ name: `${algorithm} ${name}`, value: median, low, high, ours: name === OURS })
    figures[`cache.${algorithm}.gatewarden/fast-jwt`] = ratio.median
  }
  return {
    title: 'A token seen before',
    tables: [
      {
        columns: [
          `${OURS} / ${FAST_JWT}`,
          `${OURS} / ${HASH}`,
          ...BOTH.map((name) => `${name} / ${BARE}`),
          ...BOTH.map((name) => `${name}, µs`),
        ],
        rows,
      },
    ],
    notes: NOTES,
    figures,
    charts: [
      {
        file: 'cache',
        title: 'A token seen before',
        unit: `time, as a multiple of one ${BARE}: less is better`,
        bars,
      },
    ],
  }
}
