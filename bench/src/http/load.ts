import { Connection } from './connection.ts'

const CONNECTIONS = 16

/** Several connections that keep one server busy. */
export class Load {
  readonly #connections: readonly Connection[]

  private constructor(connections: readonly Connection[]) {
    this.#connections = connections
  }

  static async on(port: number): Promise<Load> {
    return new Load(await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(port))))
  }

  /** The status that one request is answered with. */
  async status(request: Buffer): Promise<number> {
    const [connection] = this.#connections
    return connection === undefined ? 0 : connection.ask(request)
  }

  /** Answers per second, for each request once. */
  once(requests: readonly Buffer[]): Promise<number> {
    let next = 0
    return this.#rate(() => requests[next++])
  }

  /** Answers per second, for so many milliseconds, with the requests in turn. */
  during(milliseconds: number, requests: readonly Buffer[]): Promise<number> {
    let next = 0
    const end = performance.now() + milliseconds
    return this.#rate(() => (performance.now() < end ? requests[next++ % requests.length] : undefined))
  }

  close(): void {
    for (const connection of this.#connections) connection.close()
  }

  async #rate(next: () => Buffer | undefined): Promise<number> {
    const rest = stayAwake()
    let answers = 0
    const start = performance.now()
    await Promise.all(
      this.#connections.map(async (connection) => {
        for (let request = next(); request !== undefined; request = next()) {
          const status = await connection.ask(request)
          if (status !== 200) throw new Error(`a good token was answered with ${status}`)
          answers++
        }
      }),
    )
    const elapsed = performance.now() - start
    rest()
    return (answers * 1000) / elapsed
  }
}

/** Keeps this process from sleeping, for a server that answers a sleeper is held up with waking it. @returns how to end that */
function stayAwake(): () => void {
  let next = setImmediate(function again() {
    next = setImmediate(again)
  })
  return () => clearImmediate(next)
}
