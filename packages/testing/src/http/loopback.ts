import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'

export interface Address {
  readonly host: string
  readonly port: number
}

/** An HTTP server that can leave its port and come back to it. */
export interface Loopback {
  /** `http://host:port` */
  readonly origin: string
  goDown(): Promise<void>
  comeBack(): Promise<void>
}

/** Listens; port 0 is any free one. The handler is made for the origin that comes of it. */
export async function openLoopback(
  { host, port }: Address,
  handlerFor: (origin: string) => RequestListener,
): Promise<Loopback> {
  let server: Server | undefined = await listening({ host, port })
  const address = { host, port: (server.address() as AddressInfo).port }
  const origin = `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}`
  const handler = handlerFor(origin)
  server.on('request', handler)
  return {
    origin,
    async goDown() {
      const open = server
      server = undefined
      if (open !== undefined) await closed(open)
    },
    async comeBack() {
      server ??= (await listening(address)).on('request', handler)
    },
  }
}

async function listening({ host, port }: Address): Promise<Server> {
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  return server
}

/** Closes at once: no connection is waited for. */
async function closed(server: Server): Promise<void> {
  const done = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await done
}
