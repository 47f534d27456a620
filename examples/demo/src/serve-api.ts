import { createServer } from 'node:http'
import { close, HEALTH_API, listen, portFailure, portFrom } from '@gatewarden/example-health-api'
import type { Reason } from '@gatewarden/express'
import type { Framework } from './frameworks.ts'

/** An API that listens, and the reasons of its refusals as they come. */
export interface ServedApi {
  readonly url: string
  readonly refusals: Reason[]
  close(): Promise<void>
}

/** Serves one framework's API on `PORT`, or on any free port. */
export async function serveApi({ create }: Framework, issuer: string): Promise<ServedApi> {
  const refusals: Reason[] = []
  const onRefusal = (reason: Reason) => refusals.push(reason)
  const server = createServer(await create({ issuer, audience: HEALTH_API, onRefusal }))
  const port = portFrom(process.env, 'PORT', 0)
  const url = await listen(server, port).catch((error) => {
    throw portFailure('PORT', port, error)
  })
  return { url, refusals, close: () => close(server) }
}
