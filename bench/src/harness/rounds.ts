import { shuffled } from './shuffle.ts'
import { type Spread, spreadOf } from './spread.ts'

/** Something that can be measured for a moment, over and over. */
export interface Measured {
  readonly name: string
  /** One measurement: a time or a rate, the same for all that are compared. */
  measure(): number | Promise<number>
}

/** What was measured, round by round, by the name of what it is of. */
export type Samples = Readonly<Record<string, readonly number[]>>

/**
 * What was measured in rounds. In each round everyone has one turn, in another order each time, so that a machine that grows slower
 * or faster meanwhile does so for all of them; and only what was measured in the same round is put in proportion.
 */
export class Rounds {
  readonly samples: Samples

  constructor(samples: Samples) {
    this.samples = samples
  }

  /** The rounds of several runs as those of one. */
  static joined(runs: readonly Rounds[]): Rounds {
    const names = runs[0]?.names ?? []
    return new Rounds(Object.fromEntries(names.map((name) => [name, runs.flatMap((run) => run.#of(name))])))
  }

  get names(): readonly string[] {
    return Object.keys(this.samples)
  }

  /** What was measured itself: of this machine, at this time. */
  absolute(name: string): Spread {
    return spreadOf(this.#of(name))
  }

  /** `name` in proportion to `base`, round by round. */
  ratio(name: string, base: string): Spread {
    return this.each([name, base], ([one = Number.NaN, other = Number.NaN]) => one / other)
  }

  /** Anything that is computed from the values of one round, round by round. */
  each(names: readonly string[], compute: (values: readonly number[]) => number): Spread {
    const columns = names.map((name) => this.#of(name))
    const rounds = columns[0] ?? []
    return spreadOf(rounds.map((_, round) => compute(columns.map((column) => column[round] as number))))
  }

  #of(name: string): readonly number[] {
    const samples = this.samples[name]
    if (samples === undefined) throw new Error(`${name} was not measured`)
    return samples
  }
}

/** Measures everyone once a round. @param warmUp rounds that are run first, and forgotten */
export async function runRounds(
  field: readonly Measured[],
  rounds: number,
  tell: (round: number) => void,
  warmUp = 1,
): Promise<Rounds> {
  const samples = new Map<string, number[]>(field.map(({ name }) => [name, []]))
  for (let round = 1 - warmUp; round <= rounds; round++) {
    tell(Math.max(round, 0))
    for (const { name, measure } of shuffled(field)) {
      const value = await measure()
      if (round > 0) samples.get(name)?.push(value)
    }
  }
  return new Rounds(Object.fromEntries(samples))
}
