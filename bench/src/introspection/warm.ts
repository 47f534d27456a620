import { setTimeout as wait } from 'node:timers/promises'
import type { Rounds } from '../harness/rounds.ts'
import { requestBytes } from '../http/connection.ts'
import type { Load } from '../http/load.ts'
import { age, prove, type WarmLength, warmRounds, withOpponents } from '../http/opponents.ts'
import { type Framework, INTROSPECTING, UNPROTECTED } from '../http/site.ts'
import type { Upstream } from './upstream.ts'

/** Fewer questions than an API may ask in a second: 100 of 200. */
const BATCH = 100

export interface WarmResult {
  readonly rounds: Rounds
  /** Questions while it was measured: what is known is not asked about. */
  readonly asked: number
}

/** A route whose tokens are known from introspection, beside an unprotected one. */
export async function warmContest(
  framework: Framework,
  upstream: Upstream,
  length: WarmLength & { readonly tokens: number },
  tell: (text: string) => void,
): Promise<WarmResult> {
  const [site, tokens] = [await upstream.site(), await upstream.mint(length.tokens)]
  // In this order: the first takes seconds, in which a server would close connections that it has answered on.
  return withOpponents(framework, [INTROSPECTING, UNPROTECTED], site, tell, async (opponents) => {
    const requests = tokens.map(requestBytes)
    for (const opponent of opponents) {
      await prove(opponent, tokens[0] ?? '')
      tell(`warming ${opponent.name}`)
      await (opponent.name === UNPROTECTED ? opponent.load.once(requests) : getKnown(opponent.load, requests))
    }
    tell('ageing')
    await age(opponents, requests)
    await upstream.calls()
    const rounds = await warmRounds(opponents, requests, length, tell)
    return { rounds, asked: await upstream.calls() }
  })
}

/** Sends each request once, no faster than the issuer may be asked. */
export async function getKnown(load: Load, requests: readonly Buffer[]): Promise<void> {
  for (let sent = 0; sent < requests.length; sent += BATCH) {
    if (sent > 0) await wait(700)
    await load.once(requests.slice(sent, sent + BATCH))
  }
}
