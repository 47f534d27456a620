import { isolated } from '../harness/isolated.ts'
import { type Measured, Rounds, runRounds, type Samples } from '../harness/rounds.ts'
import { broken } from '../tokens/mint.ts'
import type { BenchAlgorithm } from '../tokens/signer.ts'
import type { VerifyContender } from './contender.ts'
import type { RaceKind } from './fields.ts'

/** How long a race is. */
export interface RaceLength {
  /** Processes that race one after another: how well a function is compiled differs from one to the next. */
  readonly processes: number
  /** Of each process. */
  readonly rounds: number
  /** Milliseconds that each works before it is timed: a compiler takes longer over what there is more of. */
  readonly warmUp: number
  /** Milliseconds that one turn takes, at least: shorter ones drown in the clock's own noise. */
  readonly turn: number
  /** The number of tokens, which are taken in turn. */
  readonly tokens: number
}

/** What a race is about. */
export interface RaceTask extends RaceLength {
  readonly kind: RaceKind
  readonly algorithm: BenchAlgorithm
}

/** How long races are. */
export function raceLength(quick: boolean): RaceLength {
  return quick
    ? { processes: 1, rounds: 3, warmUp: 1, turn: 4, tokens: 40 }
    : { processes: 3, rounds: 25, warmUp: 300, turn: 12, tokens: 400 }
}

/** Runs a race in processes of its own. */
export async function isolatedRace(task: RaceTask): Promise<Rounds> {
  const races: Rounds[] = []
  for (let count = 0; count < task.processes; count++)
    races.push(new Rounds(await isolated<Samples>(new URL('./race-process.js', import.meta.url), task)))
  return Rounds.joined(races)
}

/**
 * Races verifiers over the same tokens, in rounds, for microseconds a token. Before it starts, each verifier must have admitted every token
 * and refused broken ones.
 */
export async function race(
  field: readonly VerifyContender[],
  tokens: readonly string[],
  { rounds, warmUp, turn }: RaceLength,
  tell: (round: number) => void,
): Promise<Rounds> {
  const measured: Measured[] = []
  for (const { name, role, load } of field) {
    if (role === 'verifier') await prove(name, load, tokens)
    const passes = load(tokens)
    const passesIn = (milliseconds: number, each: number) =>
      Math.max(1, Math.ceil((milliseconds * 1000) / (each * tokens.length)))
    const first = await passes.time(1)
    const each = await passes.time(passesIn(warmUp, first))
    measured.push({ name, measure: () => passes.time(passesIn(turn, each)) })
  }
  return runRounds(measured, rounds, tell)
}

const PROVED = 20

async function prove(name: string, load: VerifyContender['load'], tokens: readonly string[]): Promise<void> {
  if (!(await load(tokens).admitted())) throw new Error(`${name} refuses a good token`)
  for (const token of tokens.slice(0, PROVED)) {
    if (await load([broken(token)]).admitted()) throw new Error(`${name} admits a broken token`)
  }
}
