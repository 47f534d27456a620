import type { RequestListener } from 'node:http'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { type Serving, serve } from '../support/serve.ts'
import { type Answer, ask } from './answer.ts'
import type { Peer, Site } from './peer.ts'
import { OUTAGE, REQUESTS, type RequestName, type Sent } from './requests.ts'
import { tokensOf } from './tokens.ts'

/** Both APIs of a page, side by side on loopback, with one issuer. For the outage both are started once more, without keys. */
export interface Contest extends AsyncDisposable {
  ask(name: RequestName): Promise<{ readonly before: Answer; readonly after: Answer }>
}

/** The code of a page, as one of its two files exports it. */
interface Example {
  readonly healthApi: (options: object) => unknown
}

export async function contest(peer: Peer): Promise<Contest> {
  const issuer = await createTestIssuer()
  await issuer.listen()
  const name = peer.dialect?.issuer ?? issuer.issuer
  issuer.behave({ discovery: { metadata: { issuer: name } } })
  const tokens = tokensOf(issuer, peer.dialect ?? {})
  const options = peer.options(siteOf(issuer, name))
  const pair = await startPair(peer, options)
  return {
    async ask(request) {
      if (request !== OUTAGE) return pair.send(await REQUESTS[request](tokens))
      await issuer.goDown()
      const withoutKeys = await startPair(peer, options)
      const answers = await withoutKeys.send(await REQUESTS['an access token'](tokens))
      await withoutKeys.close()
      await issuer.comeBack()
      return answers
    },
    async [Symbol.asyncDispose]() {
      await pair.close()
      await issuer.close()
    },
  }
}

async function startPair({ folder, credentials = bearer }: Peer, options: object) {
  const before = await start(folder, 'before.js', options)
  const after = await start(folder, 'after.ts', options)
  return {
    send: async (sent: Sent) => ({
      before: await sendTo(before, sent, credentials),
      after: await sendTo(after, sent, bearer),
    }),
    async close() {
      for (const api of [before, after]) await api[Symbol.asyncDispose]()
    },
  }
}

function sendTo(api: Serving, sent: Sent, credentials: (token: string) => string): Promise<Answer> {
  const { path = '/profile', token, authorization } = sent
  return ask(`${api.url}${path}`, token === undefined ? authorization : credentials(token))
}

const bearer = (token: string) => `Bearer ${token}`

function siteOf(issuer: TestIssuer, name: string): Site {
  const { audience, jwksUri, issuer: place } = issuer
  const metadata = `${place}/.well-known/openid-configuration`
  return {
    issuer: name,
    audience,
    jwksUri,
    fetch: (url, init) => fetch(url.endsWith('/openid-configuration') ? metadata : jwksUri, init),
  }
}

async function start(folder: string, file: string, options: object): Promise<Serving> {
  const example: Example = await import(new URL(`./${folder}/${file}`, import.meta.url).href)
  return serve(await listenerOf(await example.healthApi(options)))
}

/** Express is a listener itself; Koa makes one, Fastify has one when it is ready. */
async function listenerOf(app: unknown): Promise<RequestListener> {
  if (isListener(app)) return app
  if (has(app, 'callback')) return app.callback() as RequestListener
  if (has(app, 'ready') && has(app, 'routing')) {
    await app.ready()
    return (request, response) => void app.routing(request, response)
  }
  throw new TypeError('healthApi() gave neither an Express, nor a Koa, nor a Fastify app')
}

function isListener(value: unknown): value is RequestListener {
  return typeof value === 'function'
}

function has<Name extends string>(
  value: unknown,
  name: Name,
): value is Record<Name, (...given: unknown[]) => unknown> {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'
}
