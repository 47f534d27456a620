import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createResourceServer,
  denyList,
  type LogoutReceiverOptions,
  memoryStore,
  staticJwks,
} from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import type { LogoutDoor } from './doors.ts'

export const CLIENT = 'portal'
const AUDIENCE = 'https://api.test/'

export const issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE, clientId: CLIENT })

/** What is sent; the body in one piece with its length, or in chunks. */
export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | readonly string[]
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/** An app behind one door, until the scope ends. */
export interface Site extends AsyncDisposable {
  readonly port: number
  readonly reasons: string[]
  send(sent: Sent): Promise<Answer>
}

export async function open(door: LogoutDoor, changes: Partial<LogoutReceiverOptions> = {}): Promise<Site> {
  const list = denyList({ store: memoryStore() })
  const resourceServer = createResourceServer({
    issuer: issuer.issuer,
    audience: AUDIENCE,
    keys: staticJwks(issuer.jwks()),
    isRevoked: list.isRevoked,
  })
  const reasons: string[] = []
  const onRefusal = ({ code }: { code: string }) => reasons.push(code)
  const listener = await door.mount({
    resourceServer,
    denyList: list,
    clientIds: CLIENT,
    onRefusal,
    ...changes,
  })
  const server = createServer(listener)
  await new Promise<void>((started) => server.listen(0, '127.0.0.1', started))
  const { port } = server.address() as AddressInfo
  return {
    port,
    reasons,
    send: (sent) => exchange(port, sent),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** A logout as an issuer posts it (Back-Channel Logout §2.5). */
export const posted = (token: string): Sent => ({ headers: FORM, body: `logout_token=${token}` })

async function exchange(
  port: number,
  { method = 'POST', path = '/backchannel-logout', headers = {}, body }: Sent,
): Promise<Answer> {
  const whole = typeof body === 'string' ? { 'content-length': `${Buffer.byteLength(body)}` } : {}
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, method, path, headers: { connection: 'close', ...whole, ...headers } },
      resolve,
    )
    outgoing.once('error', reject)
    for (const piece of [body ?? []].flat()) outgoing.write(piece)
    outgoing.end()
  })
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}
