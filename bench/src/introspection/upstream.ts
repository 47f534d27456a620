import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Site } from '../http/site.ts'
import type { Order, Reply } from './orders.ts'

const SCRIPT = fileURLToPath(new URL('./issuer-process.js', import.meta.url))

/** The issuer that is asked about tokens, in a process of its own. */
export class Upstream {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  static async start(): Promise<Upstream> {
    const child = fork(SCRIPT)
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the issuer ended with ${code}`)
    })
    await Promise.race([once(child, 'message'), ended])
    // From now on whoever waits for an answer waits in vain, and the bench ends there.
    ended.catch(() => undefined)
    return new Upstream(child)
  }

  site = () => this.#order<Site>({ do: 'describe' })
  /** Opaque tokens that are active. */
  mint = (count: number) => this.#order<readonly string[]>({ do: 'mint', count })
  /** Questions since this was asked last. */
  calls = () => this.#order<number>({ do: 'count' })
  goDown = () => this.#order<true>({ do: 'go down' })
  comeBack = () => this.#order<true>({ do: 'come back' })

  stop(): void {
    this.#child.kill()
  }

  async #order<Answer extends Reply>(order: Order): Promise<Answer> {
    const answer = once(this.#child, 'message')
    this.#child.send(order)
    const [reply] = await answer
    return reply
  }
}
