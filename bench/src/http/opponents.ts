import { pin } from '../harness/pin.ts'
import { type Rounds, runRounds } from '../harness/rounds.ts'
import { broken } from '../tokens/mint.ts'
import { type ServerProcess, startServer } from './child.ts'
import { requestBytes } from './connection.ts'
import { Load } from './load.ts'
import { type Framework, HASH_ONLY, type Site, UNPROTECTED } from './site.ts'

/** A server that has slept through the turns of the others gets so many milliseconds before it is measured. */
const WAKING = 20

/** How often every server collects its garbage before it is measured. */
const COLLECTIONS = 8

/** One server in a process of its own, with a load on it from this one. */
export interface Opponent {
  readonly name: string
  readonly process: ServerProcess
  readonly load: Load
}

/** How long rounds with known tokens are. */
export interface WarmLength {
  readonly rounds: number
  /** Rounds before them, in which compilers learn what servers do. */
  readonly warmUp: number
  /** Milliseconds of one turn. */
  readonly turn: number
}

/** Starts the servers of one framework, lets something be done with them, and stops them. */
export async function withOpponents<Result>(
  framework: Framework,
  names: readonly string[],
  site: Site,
  tell: (text: string) => void,
  work: (opponents: readonly Opponent[]) => Promise<Result>,
): Promise<Result> {
  const opponents: Opponent[] = []
  pin(process.pid, 'load')
  try {
    for (const name of names) {
      tell(`starting ${name}`)
      const server = await startServer(framework, name, site)
      opponents.push({ name, process: server, load: await Load.on(server.port) })
    }
    return await work(opponents)
  } finally {
    for (const opponent of opponents) {
      opponent.load.close()
      opponent.process.stop()
    }
    pin(process.pid, 'anywhere')
  }
}

/** Nobody is timed who does not do the work: a good token must be admitted, and a broken one refused, but for those that only hash. */
export async function prove({ name, load }: Opponent, token: string): Promise<void> {
  const good = await load.status(requestBytes(token))
  if (good !== 200) throw new Error(`${name} answers a good token with ${good}`)
  if (name === UNPROTECTED || name === HASH_ONLY) return
  const bad = await load.status(requestBytes(broken(token)))
  if (bad !== 401) throw new Error(`${name} answers a broken token with ${bad}`)
}

/**
 * Brings servers to where a process is likely to be that has served for long. On Node 20 `process.nextTick` takes 43 ns until a process
 * has collected all its garbage a few times, and 280 from then on; within a bench some come to that by themselves, by luck.
 */
export async function age(opponents: readonly Opponent[], requests: readonly Buffer[]): Promise<void> {
  for (let times = 1; times <= COLLECTIONS; times++) {
    for (const { load, process: server } of opponents) {
      await load.once(requests)
      await server.collect()
    }
  }
}

/** Requests per second with tokens that the servers know. */
export function warmRounds(
  opponents: readonly Opponent[],
  warm: readonly Buffer[],
  { rounds, warmUp, turn }: WarmLength,
  tell: (text: string) => void,
): Promise<Rounds> {
  return runRounds(
    opponents.map(({ name, load }) => ({
      name,
      async measure() {
        await wake(load, warm)
        return load.during(turn, warm)
      },
    })),
    rounds,
    (round) => tell(`known tokens, round ${round} of ${rounds}`),
    warmUp,
  )
}

/** Sends a little, uncounted. */
async function wake(load: Load, warm: readonly Buffer[]): Promise<void> {
  await load.during(WAKING, warm)
}
