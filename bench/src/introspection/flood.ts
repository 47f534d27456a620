import { startServer } from '../http/child.ts'
import { Connection, requestBytes } from '../http/connection.ts'
import { Load } from '../http/load.ts'
import { INTROSPECTING } from '../http/site.ts'
import { inventedTokens } from './at-once.ts'
import type { Upstream } from './upstream.ts'
import { getKnown } from './warm.ts'

const CONNECTIONS = 16
const KNOWN = 50

/** How requests with known tokens fared while others were sent. */
export interface Meanwhile {
  readonly name: string
  /** Milliseconds of each request with a known token, from the first byte sent to the last received. */
  readonly p50: number
  readonly p99: number
  readonly probes: number
  /** Requests with known tokens that were not admitted. */
  readonly refused: number
  /** Of the others, by status. */
  readonly statuses: ReadonlyMap<number, number>
  /** Seconds. */
  readonly duration: number
  readonly calls: number
}

/** An Express server under a load of tokens, known and invented, from 16 connections, while one more comes with known tokens. */
export async function floods(upstream: Upstream, count: number): Promise<Meanwhile[]> {
  const tokens = (await upstream.mint(KNOWN)).map(requestBytes)
  const server = await startServer('express', INTROSPECTING, await upstream.site())
  const load = await Load.on(server.port)
  const [probe, ...others] = await Promise.all(
    Array.from({ length: CONNECTIONS + 1 }, () => Connection.open(server.port)),
  )
  if (probe === undefined) throw new Error('no connection')
  try {
    await getKnown(load, tokens)
    const known = Array.from({ length: count }, (_, index) => tokens[index % KNOWN] ?? Buffer.alloc(0))
    const run = (name: string, requests: readonly Buffer[]) =>
      meanwhile(name, upstream, { probe, others, known: tokens }, requests)
    // Once unmeasured, so that the server's code is compiled.
    await run('', known)
    return [
      await run(`${count.toLocaleString('en')} known tokens`, known),
      await run(`${count.toLocaleString('en')} invented tokens`, inventedTokens(count).map(requestBytes)),
    ]
  } finally {
    load.close()
    for (const connection of [probe, ...others]) connection.close()
    server.stop()
  }
}

interface Lines {
  readonly probe: Connection
  readonly others: readonly Connection[]
  readonly known: readonly Buffer[]
}

async function meanwhile(
  name: string,
  upstream: Upstream,
  { probe, others, known }: Lines,
  requests: readonly Buffer[],
): Promise<Meanwhile> {
  await upstream.calls()
  const statuses = new Map<number, number>()
  const start = performance.now()
  let next = 0
  let over = false
  const sending = Promise.all(
    others.map(async (connection) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const status = await connection.ask(request)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }),
  ).finally(() => {
    over = true
  })
  const times: number[] = []
  let refused = 0
  while (!over) {
    const began = performance.now()
    const status = await probe.ask(known[times.length % known.length] ?? Buffer.alloc(0))
    times.push(performance.now() - began)
    if (status !== 200) refused++
  }
  await sending
  const duration = (performance.now() - start) / 1000
  const sorted = times.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
  return {
    name,
    p50: at(0.5),
    p99: at(0.99),
    probes: times.length,
    refused,
    statuses,
    duration,
    calls: await upstream.calls(),
  }
}
