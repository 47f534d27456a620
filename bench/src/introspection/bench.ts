import { short, spreadText } from '../harness/spread.ts'
import { FRAMEWORKS, type Framework, INTROSPECTING, TITLES, UNPROTECTED } from '../http/site.ts'
import { progress } from '../output/progress.ts'
import type { BarChart, BenchOptions, BenchReport, BenchTable } from '../output/report.ts'
import { type Burst, burstsAtOnce } from './at-once.ts'
import { floods, type Meanwhile } from './flood.ts'
import { Upstream } from './upstream.ts'
import { type WarmResult, warmContest } from './warm.ts'

/** Most questions in a second if nothing else is said. */
const PER_SECOND = 200

/** What a route carries whose tokens the issuer must be asked about, and how often it is asked. */
export async function benchIntrospection({ quick }: BenchOptions): Promise<BenchReport> {
  const length = quick
    ? { rounds: 2, warmUp: 1, turn: 40, tokens: 60, requests: 1000, flood: 300 }
    : { rounds: 25, warmUp: 4, turn: 250, tokens: 1000, requests: 1000, flood: 5000 }
  const upstream = await Upstream.start()
  try {
    const warm = new Map<Framework, WarmResult>()
    for (const framework of FRAMEWORKS) {
      const tell = (text: string) => progress(`introspection: ${TITLES[framework]}, ${text}`)
      warm.set(framework, await warmContest(framework, upstream, length, tell))
    }
    progress('introspection: flood')
    const waves = await floods(upstream, length.flood)
    progress('introspection: at once')
    const bursts = await burstsAtOnce(upstream, length.requests, length.flood)
    return report(warm, bursts, waves, length.tokens)
  } finally {
    progress('')
    upstream.stop()
  }
}

function report(
  warm: ReadonlyMap<Framework, WarmResult>,
  bursts: readonly Burst[],
  waves: readonly Meanwhile[],
  tokens: number,
): BenchReport {
  return {
    title: 'Introspection',
    tables: [warmTable(warm), burstTable(bursts), floodTable(waves)],
    notes: [
      `Opaque tokens, options as they come (60 s, 50 questions at a time, 200 a second); the issuer is a process of its own. ${tokens.toLocaleString('en')} known tokens in turn; requests per second as a ratio to the unprotected route, measured in the same round: median (quartiles).`,
      'Every server is a process of its own, which but for the flood has collected its garbage several times before; the load comes from another process over 16 kept connections.',
      'At once: in one turn of the event loop, through `authenticate`; a clock that is put forward stands for the ttl.',
      'Meanwhile: an Express server; 16 connections send what is named, as fast as it is answered, and a 17th known tokens, one after another.',
    ],
    figures: { ...warmFigures(warm), ...burstFigures(bursts), ...floodFigures(waves) },
    charts: [...warm].map(([framework, result]) => chartOf(framework, result)),
  }
}

function warmTable(warm: ReadonlyMap<Framework, WarmResult>): BenchTable {
  return {
    caption: 'Known tokens',
    columns: ['to unprotected', 'requests/s', 'unprotected/s', 'questions meanwhile'],
    rows: [...warm].map(([framework, { rounds, asked }]) => ({
      name: TITLES[framework],
      values: [
        spreadText(rounds.ratio(INTROSPECTING, UNPROTECTED)),
        ...[INTROSPECTING, UNPROTECTED].map((name) =>
          Math.round(rounds.absolute(name).median).toLocaleString('en'),
        ),
        `${asked}`,
      ],
    })),
  }
}

function burstTable(bursts: readonly Burst[]): BenchTable {
  return {
    caption: 'At once',
    columns: ['requests', 'questions to the issuer', 'admitted', '503'],
    rows: bursts.map(({ name, requests, calls, admitted, unavailable }) => ({
      name,
      values: [requests, calls, admitted, unavailable].map((count) => count.toLocaleString('en')),
    })),
  }
}

function floodTable(waves: readonly Meanwhile[]): BenchTable {
  return {
    caption: 'Requests with known tokens, meanwhile',
    columns: ['p50, ms', 'p99, ms', 'not admitted', 'questions', 'the others were answered'],
    rows: waves.map(({ name, p50, p99, probes, refused, calls, duration, statuses }) => ({
      name,
      values: [
        short(p50),
        short(p99),
        `${refused} of ${probes.toLocaleString('en')}`,
        `${calls} in ${short(duration)} s`,
        [...statuses].map(([status, count]) => `${status}: ${count.toLocaleString('en')}`).join(', '),
      ],
    })),
  }
}

function warmFigures(warm: ReadonlyMap<Framework, WarmResult>): Record<string, number> {
  return Object.fromEntries(
    [...warm].map(([framework, { rounds }]) => [
      `introspection.${framework}.warm`,
      rounds.ratio(INTROSPECTING, UNPROTECTED).median,
    ]),
  )
}

/** By their order in `burstsAtOnce`. */
function burstFigures(bursts: readonly Burst[]): Record<string, number> {
  const [one, fifty, known, later, invented, after, down, , , back] = bursts
  const refused = [one, fifty, known, later, after, down, back].map((burst) =>
    burst === undefined ? Number.NaN : burst.requests - burst.admitted,
  )
  return {
    'introspection.calls.one': one?.calls ?? Number.NaN,
    'introspection.calls.fifty': fifty?.calls ?? Number.NaN,
    'introspection.calls.known': known?.calls ?? Number.NaN,
    'introspection.calls.later': later?.calls ?? Number.NaN,
    'introspection.calls.invented': invented?.calls ?? Number.NaN,
    'introspection.refused': refused.reduce((sum, count) => sum + count, 0),
  }
}

function floodFigures([same, flood]: readonly Meanwhile[]): Record<string, number> {
  if (same === undefined || flood === undefined) return {}
  // A bucket that was full at the start.
  const allowed = PER_SECOND * (1 + flood.duration)
  return {
    'introspection.flood.calls/allowed': flood.calls / allowed,
    'introspection.flood.refused': flood.refused,
    'introspection.flood.p99/known': flood.p99 / same.p99,
  }
}

function chartOf(framework: Framework, { rounds }: WarmResult): BarChart {
  return {
    file: `introspection-${framework}`,
    title: `${TITLES[framework]}, known tokens that the issuer was asked about`,
    unit: 'requests per second, as a part of the unprotected route: more is better',
    bars: rounds.names.map((name) => {
      const { low, median, high } = rounds.ratio(name, UNPROTECTED)
      return { name, value: median, low, high, ours: name === INTROSPECTING }
    }),
  }
}
