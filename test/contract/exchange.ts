import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CaseRequest } from './case.ts'
import type { Door } from './door.ts'
import { ROUTES } from './door.ts'
import { type ApiName, createApi, type Reasons, type World } from './world.ts'

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Fields as sent, to see doubles and strange bytes. */
  readonly rawHeaders: readonly string[]
  readonly text: string
}

/** Real servers, one for each API behind each door, started when first asked. */
export class Street {
  readonly reasons: Reasons = new Map()
  readonly #world: World
  readonly #servers = new Map<string, Promise<Server>>()
  #cases = 0

  constructor(world: World) {
    this.#world = world
  }

  /** Sends a request to an API behind a door. The number that comes back finds the reason in `reasons`. */
  async send(door: Door, api: ApiName, request: CaseRequest): Promise<{ answer: Answer; number: string }> {
    const server = await this.#server(door, api)
    const number = `${++this.#cases}`
    const answer = await exchange((server.address() as AddressInfo).port, request, number)
    return { answer, number }
  }

  async close(): Promise<void> {
    for (const starting of this.#servers.values()) {
      const server = await starting
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  }

  #server(door: Door, api: ApiName): Promise<Server> {
    const name = `${door.name}: ${api}`
    let starting = this.#servers.get(name)
    if (starting === undefined) {
      starting = this.#start(door, api)
      this.#servers.set(name, starting)
    }
    return starting
  }

  async #start(door: Door, api: ApiName): Promise<Server> {
    const listener = await door.mount(createApi(api, this.#world, this.reasons), ROUTES)
    // Room for fields over Node's own limit, so that the engine's limit is what is seen.
    const server = createServer({ maxHeaderSize: 65_536 }, listener)
    await new Promise<void>((started) => server.listen(0, '127.0.0.1', started))
    return server
  }
}

async function exchange(
  port: number,
  { method = 'GET', path = '/api/me', headers = [] }: CaseRequest,
  number: string,
): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const fields = [
      ...headers,
      ['X-Case', number],
      ['Host', `127.0.0.1:${port}`],
      ['Connection', 'close'],
    ] as const
    const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers: fields.flat() }, resolve)
    outgoing.once('error', reject)
    outgoing.end()
  })
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers as Answer['headers'],
    rawHeaders: response.rawHeaders,
    text: Buffer.concat(chunks).toString('utf8'),
  }
}
