import { isolated } from '../harness/isolated.ts'
import { type Measured, Rounds, runRounds, type Samples } from '../harness/rounds.ts'
import { broken } from '../tokens/mint.ts'
import type { BenchAlgorithm } from '../tokens/signer.ts'
import type { VerifyContender } from './contender.ts'
import type { RaceKind } from './fields.ts'

/** How long a race is. */
export interface RaceLength {
  readonly rounds: number
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
  return quick ? { rounds: 3, turn: 4, tokens: 40 } : { rounds: 60, turn: 12, tokens: 400 }
}

/** Runs a race in a process of its own. */
export async function isolatedRace(task: RaceTask): Promise<Rounds> {
  return new Rounds(await isolated<Samples>(new URL('./race-process.js', import.meta.url), task))
}

/**
 * Races verifiers over the same tokens, in rounds, for microseconds a token. Before it starts, each verifier must have admitted every token
 * and refused broken ones.
 */
export async function race(
  field: readonly VerifyContender[],
  tokens: readonly string[],
  { rounds, turn }: RaceLength,
  tell: (round: number) => void,
): Promise<Rounds> {
  const measured: Measured[] = []
  for (const { name, role, load } of field) {
    if (role === 'verifier') await prove(name, load, tokens)
    const passes = load(tokens)
    // The first pass compiles, the second says how many passes a turn takes.
    await passes.time(1)
    const each = await passes.time(1)
    const count = Math.max(1, Math.ceil((turn * 1000) / (each * tokens.length)))
    measured.push({ name, measure: () => passes.time(count) })
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
