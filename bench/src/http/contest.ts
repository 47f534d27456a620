import { performance } from 'node:perf_hooks'
import { type Rounds, runRounds } from '../harness/rounds.ts'
import { broken } from '../tokens/mint.ts'
import { type ServerProcess, startServer } from './child.ts'
import { requestBytes } from './connection.ts'
import { Load } from './load.ts'
import { serversOf } from './servers/index.ts'
import { type Framework, type Site, UNPROTECTED } from './site.ts'

/** How long a contest is. */
export interface ContestLength {
  readonly rounds: number
  /** Milliseconds of one turn with tokens that the server knows. */
  readonly turn: number
  /** Fresh tokens of one turn with tokens that it does not. */
  readonly fresh: number
}

/** The tokens of a contest. */
export interface ContestTokens {
  /** Sent again and again. */
  readonly warm: readonly string[]
  /** Sent to each server once; as many as all rounds need, and one round more. */
  readonly cold: readonly string[]
}

/** Requests per second of every server of one framework. */
export interface ContestResult {
  readonly warm: Rounds
  readonly cold: Rounds
  /** The part of its time that the load was busy, at the unprotected route: near 1, it would be what is measured. */
  readonly load: number
}

/** A server that has slept through the turns of the others gets so many milliseconds before it is measured. */
const WAKING = 20

interface Opponent {
  readonly name: string
  readonly process: ServerProcess
  readonly load: Load
}

/** Runs the servers of one framework against each other, each in a process of its own, the load in this one. */
export async function contest(
  framework: Framework,
  site: Site,
  tokens: ContestTokens,
  length: ContestLength,
  tell: (text: string) => void,
): Promise<ContestResult> {
  const opponents: Opponent[] = []
  try {
    for (const name of Object.keys(await serversOf(framework))) {
      tell(`starting ${name}`)
      const server = await startServer(framework, name, site)
      opponents.push({ name, process: server, load: await Load.on(server.port) })
    }
    const warm = tokens.warm.map(requestBytes)
    for (const opponent of opponents) {
      await prove(opponent, tokens.warm[0] ?? '')
      tell(`warming ${opponent.name}`)
      await opponent.load.once(warm)
    }
    const wake = (load: Load) => load.during(WAKING, warm)
    const said = (kind: string) => (round: number) => tell(`${kind}, round ${round} of ${length.rounds}`)
    const warmRounds = await runRounds(
      opponents.map(({ name, load }) => ({
        name,
        async measure() {
          await wake(load)
          return load.during(length.turn, warm)
        },
      })),
      length.rounds,
      said('known tokens'),
    )
    const cold = tokens.cold.map(requestBytes)
    const coldRounds = await runRounds(
      opponents.map(({ name, load }) => {
        let sent = 0
        return {
          name,
          async measure() {
            await wake(load)
            sent += length.fresh
            return load.once(cold.slice(sent - length.fresh, sent))
          },
        }
      }),
      length.rounds,
      said('fresh tokens'),
    )
    return { warm: warmRounds, cold: coldRounds, load: await loadOf(opponents, length, warm) }
  } finally {
    for (const { process, load } of opponents) {
      load.close()
      process.stop()
    }
  }
}

async function prove({ name, load }: Opponent, token: string): Promise<void> {
  const good = await load.status(requestBytes(token))
  if (good !== 200) throw new Error(`${name} answers a good token with ${good}`)
  if (name === UNPROTECTED) return
  const bad = await load.status(requestBytes(broken(token)))
  if (bad !== 401) throw new Error(`${name} answers a broken token with ${bad}`)
}

async function loadOf(opponents: readonly Opponent[], { turn }: ContestLength, warm: readonly Buffer[]) {
  const unprotected = opponents.find(({ name }) => name === UNPROTECTED)
  const before = performance.eventLoopUtilization()
  await unprotected?.load.during(turn, warm)
  return performance.eventLoopUtilization(before).utilization
}
