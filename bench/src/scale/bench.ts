import { type Rounds, runRounds } from '../harness/rounds.ts'
import { short, spreadText } from '../harness/spread.ts'
import { progress } from '../output/progress.ts'
import type { BenchOptions, BenchReport, BenchTable } from '../output/report.ts'
import type { Parties } from '../tokens/claims.ts'
import { type ClusterResult, runCluster } from './cluster.ts'
import { multiIssuer } from './issuers.ts'
import { cached, type Population, populations, randomRequests, uncached } from './tokens.ts'

const PARTIES: Parties = { issuer: 'https://issuer.test/', audience: 'https://api.test/' }
/** So many requests fill a cache of the size that it has if nothing is said. */
const FILLING = 8000

/** Whether a request costs the same however many tokens and issuers there are, and what workers share. */
export async function benchScale({ quick }: BenchOptions): Promise<BenchReport> {
  const plan = quick
    ? { sizes: [10, 1000], issuers: [1, 50], rounds: 2, requests: 100, filling: 100 }
    : {
        sizes: [10, 100, 1000, 10_000, 100_000],
        issuers: [1, 10, 100, 500],
        rounds: 25,
        requests: 500,
        filling: FILLING,
      }
  progress('scale: tokens')
  const crowds = await populations(PARTIES, plan.sizes)
  const crowdRounds = await runField('live tokens', crowds, plan)
  progress('scale: issuers')
  const tenants: Population[] = []
  for (const count of plan.issuers)
    tenants.push(await multiIssuer(PARTIES.audience, count, Math.max(...plan.issuers)))
  const tenantRounds = await runField('issuers', tenants, plan)
  progress('scale: cluster')
  const cluster = await runCluster(quick ? 100 : 1000)
  progress('')

  const smallest = uncached(plan.sizes[0] ?? 0)
  const largest = plan.sizes.at(-1) ?? 0
  const most = String(plan.issuers.at(-1))
  return {
    title: 'Scale',
    tables: [tokenTable(crowdRounds, plan.sizes, smallest), issuerTable(tenantRounds), clusterTable(cluster)],
    notes: [
      'Ratios are between times measured in the same round: median (quartiles). ES256, `authenticate` alone, tokens picked at random; issuers have a key each, and no cache.',
      'The cache is bounded: beyond its size most tokens are verified anew, at the cost of a cold one. Part of what grows with 100,000 tokens is the bench itself, whose tokens no longer fit in the caches of the processor.',
    ],
    figures: {
      'scale.tokens': crowdRounds.ratio(uncached(largest), smallest).median,
      'scale.tokens.cache': crowdRounds.ratio(cached(largest), uncached(largest)).median,
      'scale.issuers': tenantRounds.ratio(most, '1').median,
      'scale.cluster.fetches': cluster.keyFetches / cluster.workers,
    },
    charts: [],
  }
}

async function runField(
  what: string,
  field: readonly Population[],
  {
    rounds,
    requests,
    filling,
  }: { readonly rounds: number; readonly requests: number; readonly filling: number },
): Promise<Rounds> {
  for (const population of field) await randomRequests(population, filling).measure()
  return runRounds(
    field.map((population) => randomRequests(population, requests)),
    rounds,
    (round) => progress(`scale: ${what}, round ${round} of ${rounds}`),
  )
}

function tokenTable(rounds: Rounds, sizes: readonly number[], base: string): BenchTable {
  return {
    caption: 'Live tokens',
    columns: [`without cache, to ${sizes[0]} tokens`, 'with cache, to the same', 'without, µs', 'with, µs'],
    rows: sizes.map((size) => ({
      name: size.toLocaleString('en'),
      values: [
        ...[uncached(size), cached(size)].map((name) => spreadText(rounds.ratio(name, base))),
        ...[uncached(size), cached(size)].map((name) => short(rounds.absolute(name).median)),
      ],
    })),
  }
}

function issuerTable(rounds: Rounds): BenchTable {
  return {
    caption: 'Issuers',
    columns: ['to one issuer', 'µs'],
    rows: rounds.names.map((name) => ({
      name,
      values: [spreadText(rounds.ratio(name, '1')), short(rounds.absolute(name).median)],
    })),
  }
}

function clusterTable({ workers, answered, metadataFetches, keyFetches }: ClusterResult): BenchTable {
  return {
    caption: `node:cluster, ${workers} workers, one issuer`,
    columns: ['requests answered by each', 'metadata fetched', 'keys fetched'],
    rows: [
      {
        name: `${workers} workers`,
        values: [answered.join(', '), `${metadataFetches} times`, `${keyFetches} times`],
      },
    ],
  }
}
