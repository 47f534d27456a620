import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createTestIssuer } from '@gatewarden/testing'
import { requestBytes } from '../http/connection.ts'
import { Load } from '../http/load.ts'
import { mint } from '../tokens/mint.ts'
import { signWith } from '../tokens/signer.ts'

const SCRIPT = fileURLToPath(new URL('./worker-process.js', import.meta.url))
const WORKERS = 2

/** What a cluster asked of its issuer. */
export interface ClusterResult {
  readonly workers: number
  /** Requests that each worker has answered. */
  readonly answered: readonly number[]
  readonly metadataFetches: number
  readonly keyFetches: number
}

/** Two workers behind one port (node:cluster), and one issuer: how often do they ask it? */
export async function runCluster(requests: number): Promise<ClusterResult> {
  const issuer = await createTestIssuer()
  await issuer.listen()
  const site = { issuer: issuer.issuer, audience: issuer.audience }
  cluster.setupPrimary({ exec: SCRIPT, args: [JSON.stringify(site)] })
  const workers = Array.from({ length: WORKERS }, () => cluster.fork())
  try {
    const [port = 0] = await Promise.all(workers.map(portOf))
    const tokens = await mint(signWith(issuer.privateKey(), issuer.kid()), site, requests)
    const load = await Load.on(port)
    await load.once(tokens.map(requestBytes))
    load.close()
    const answered = await Promise.all(workers.map(answeredBy))
    const { discovery, jwks } = issuer.requests
    return { workers: WORKERS, answered, metadataFetches: discovery.length, keyFetches: jwks.length }
  } finally {
    for (const worker of workers) worker.kill()
    await issuer.close()
  }
}

async function portOf(worker: Worker): Promise<number> {
  const [address] = (await once(worker, 'listening')) as [{ port: number }]
  return address.port
}

async function answeredBy(worker: Worker): Promise<number> {
  worker.send('how many?')
  const [message] = (await once(worker, 'message')) as [{ answered: number }]
  return message.answered
}
