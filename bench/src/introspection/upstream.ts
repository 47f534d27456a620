import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { answersOf } from '../harness/answers.ts'
import type { Site } from '../http/site.ts'
import type { Order, Reply } from './orders.ts'

const SCRIPT = fileURLToPath(new URL('./issuer-process.js', import.meta.url))

/** The issuer that is asked about tokens, in a process of its own. */
export class Upstream {
  readonly #child: ChildProcess
  readonly #next: () => Promise<Reply>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#next = answersOf(child, 'the issuer')
  }

  static async start(): Promise<Upstream> {
    const upstream = new Upstream(fork(SCRIPT))
    await upstream.#next()
    return upstream
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
    this.#child.send(order)
    return (await this.#next()) as Answer
  }
}
