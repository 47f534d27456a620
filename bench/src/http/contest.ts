import { Rounds, runRounds } from '../harness/rounds.ts'
import { requestBytes } from './connection.ts'
import { age, prove, type WarmLength, warmRounds, withOpponents } from './opponents.ts'
import { serversOf } from './servers/index.ts'
import { type Framework, INTROSPECTING, type Site } from './site.ts'

/** How long a contest is. */
export interface ContestLength extends WarmLength {
  /** Processes of each server, one after another: how well a function is compiled differs from one to the next. */
  readonly processes: number
  /** Rounds before those with fresh tokens: a turn is shorter, and there is more to learn. */
  readonly freshWarmUp: number
  /** Fresh tokens of one turn with tokens that the server does not know, and those before them that do not count. */
  readonly fresh: number
  readonly waking: number
}

/** The tokens of a contest. */
export interface ContestTokens {
  /** Sent again and again. */
  readonly warm: readonly string[]
  /** Sent to each process once; as many as all its rounds need. */
  readonly cold: readonly string[]
}

/** Requests per second of every server of one framework. */
export interface ContestResult {
  readonly warm: Rounds
  readonly cold: Rounds
}

/** Runs the servers of one framework against each other, each in processes of its own, the load in this one. */
export async function contest(
  framework: Framework,
  site: Site,
  tokens: ContestTokens,
  length: ContestLength,
  tell: (text: string) => void,
): Promise<ContestResult> {
  const results: ContestResult[] = []
  for (let count = 1; count <= length.processes; count++) {
    const tellWhich = (text: string) => tell(`${count} of ${length.processes}, ${text}`)
    results.push(await oneContest(framework, site, tokens, length, tellWhich))
  }
  return {
    warm: Rounds.joined(results.map(({ warm }) => warm)),
    cold: Rounds.joined(results.map(({ cold }) => cold)),
  }
}

async function oneContest(
  framework: Framework,
  site: Site,
  tokens: ContestTokens,
  length: ContestLength,
  tell: (text: string) => void,
): Promise<ContestResult> {
  const names = Object.keys(await serversOf(framework)).filter((name) => name !== INTROSPECTING)
  return withOpponents(framework, names, site, tell, async (opponents) => {
    const warm = tokens.warm.map(requestBytes)
    for (const opponent of opponents) await prove(opponent, tokens.warm[0] ?? '')
    tell('ageing')
    await age(opponents, warm)
    const known = await warmRounds(opponents, warm, length, tell)
    const cold = tokens.cold.map(requestBytes)
    const fresh = await runRounds(
      opponents.map(({ name, load }) => {
        let sent = 0
        const take = (count: number) => {
          sent += count
          return cold.slice(sent - count, sent)
        }
        return {
          name,
          async measure() {
            // Woken by what is measured: who remembers tokens does other work for known ones.
            await load.once(take(length.waking))
            return load.once(take(length.fresh))
          },
        }
      }),
      length.rounds,
      (round) => tell(`fresh tokens, round ${round} of ${length.rounds}`),
      length.freshWarmUp,
    )
    return { warm: known, cold: fresh }
  })
}
