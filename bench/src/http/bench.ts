import { createTestIssuer } from '@gatewarden/testing'
import type { Rounds } from '../harness/rounds.ts'
import { spreadText } from '../harness/spread.ts'
import { progress } from '../output/progress.ts'
import type { BarChart, BenchOptions, BenchReport, BenchTable } from '../output/report.ts'
import { mint } from '../tokens/mint.ts'
import { signWith } from '../tokens/signer.ts'
import { type ContestResult, contest } from './contest.ts'
import {
  FRAMEWORKS,
  type Framework,
  HASH_ONLY,
  OURS,
  READ_ONLY,
  TITLES,
  UNPROTECTED,
  VERIFY_ONLY,
} from './site.ts'

/** What a protected route carries beside an unprotected one, in the three frameworks. */
export async function benchHttp({ quick }: BenchOptions): Promise<BenchReport> {
  const length = quick
    ? { processes: 1, rounds: 2, warmUp: 1, freshWarmUp: 1, turn: 40, fresh: 60, waking: 10, warm: 60 }
    : { processes: 3, rounds: 36, warmUp: 20, freshWarmUp: 50, turn: 80, fresh: 300, waking: 100, warm: 1000 }
  const issuer = await createTestIssuer()
  await issuer.listen()
  const { issuer: name, jwksUri, introspectionEndpoint, audience } = issuer
  const site = { issuer: name, jwksUri, introspectionEndpoint, audience, publicKey: issuer.publicPem() }
  const signer = signWith(issuer.privateKey(), issuer.kid())
  progress('http: tokens')
  const tokens = {
    warm: await mint(signer, site, length.warm),
    cold: await mint(signer, site, (length.waking + length.fresh) * (length.freshWarmUp + length.rounds)),
  }
  const tables: BenchTable[] = []
  const charts: BarChart[] = []
  const figures: Record<string, number> = {}
  for (const framework of FRAMEWORKS) {
    const tell = (text: string) => progress(`http: ${TITLES[framework]}, ${text}`)
    const result = await contest(framework, site, tokens, length, tell)
    tables.push(tableOf(framework, result))
    charts.push(chartOf(framework, 'warm', result.warm), chartOf(framework, 'cold', result.cold))
    Object.assign(figures, figuresOf(framework, result))
  }
  await issuer.close()
  progress('')
  return {
    title: 'Through HTTP',
    tables,
    notes: [
      `Requests per second as a ratio to the unprotected route, measured in the same round: median (quartiles). RS256; keys from the issuer, fetched before. ${length.warm.toLocaleString('en')} known tokens in turn; a fresh token is sent to each server once.`,
      `Every server is a process of its own, ${length.processes} of them one after another; ${(length.freshWarmUp * (length.waking + length.fresh)).toLocaleString('en')} fresh tokens come before those that count. The load comes from another process over 16 kept connections.`,
      'All of them have collected their garbage several times before: Node does some of its own work more slowly from then on.',
      'Where there are two processors and `taskset`, servers have one and the load another.',
      `"Only" are steps of the work alone: SHA-256 of the token; the signature; the signature, and the payload read.`,
    ],
    figures,
    charts,
  }
}

function tableOf(framework: Framework, { warm, cold }: ContestResult): BenchTable {
  return {
    caption: TITLES[framework],
    columns: ['known tokens', 'fresh tokens', `fresh, to ${VERIFY_ONLY}`, 'known/s', 'fresh/s'],
    rows: warm.names.map((name) => ({
      name,
      values: [
        spreadText(warm.ratio(name, UNPROTECTED)),
        spreadText(cold.ratio(name, UNPROTECTED)),
        spreadText(cold.ratio(name, VERIFY_ONLY)),
        rate(warm, name),
        rate(cold, name),
      ],
    })),
  }
}

function chartOf(framework: Framework, kind: 'warm' | 'cold', rounds: Rounds): BarChart {
  return {
    file: `http-${framework}-${kind}`,
    title: `${TITLES[framework]}, ${kind === 'warm' ? 'known tokens' : 'fresh tokens'}`,
    unit: 'requests per second, as a part of the unprotected route: more is better',
    bars: rounds.names.map((name) => {
      const { low, median, high } = rounds.ratio(name, UNPROTECTED)
      return { name, value: median, low, high, ours: name === OURS }
    }),
  }
}

function figuresOf(framework: Framework, { warm, cold }: ContestResult): Record<string, number> {
  const ours = `http.${framework}`
  return {
    [`${ours}.warm`]: warm.ratio(OURS, UNPROTECTED).median,
    [`${ours}.cold/verify-only`]: cold.ratio(OURS, VERIFY_ONLY).median,
    [`${ours}.warm/best-peer`]: lead(warm),
    [`${ours}.cold/best-peer`]: lead(cold),
  }
}

const NO_PEERS = [OURS, UNPROTECTED, HASH_ONLY, VERIFY_ONLY, READ_ONLY]

/** Ours in proportion to the fastest peer. */
function lead(rounds: Rounds): number {
  const peers = rounds.names.filter((name) => !NO_PEERS.includes(name))
  return Math.min(...peers.map((peer) => rounds.ratio(OURS, peer).median))
}

function rate(rounds: Rounds, name: string): string {
  return Math.round(rounds.absolute(name).median).toLocaleString('en')
}
