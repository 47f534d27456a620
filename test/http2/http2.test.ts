import { connect, createServer, type Http2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { createResourceServer, type RequestView } from '@gatewarden/core'
import gatewarden from '@gatewarden/fastify'
import { requireJwt } from '@gatewarden/koa'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import fastify from 'fastify'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawHttp2Request } from './raw-request.ts'

let issuer: TestIssuer
let options: { issuer: string; audience: string }

beforeAll(async () => {
  issuer = await createTestIssuer()
  await issuer.listen()
  options = { issuer: issuer.issuer, audience: issuer.audience }
})
afterAll(() => issuer.close())

const APPS = {
  async Koa() {
    const app = new Koa()
    app.silent = true
    app.use(requireJwt(options)).use((ctx) => {
      ctx.body = ctx.state.auth?.subject
    })
    return createServer(app.callback())
  },
  async Fastify() {
    const app = fastify({ http2: true })
    await app.register(gatewarden, options)
    app.get('/', async (request) => request.auth?.subject)
    await app.ready()
    return app.server
  },
} satisfies Record<string, () => Promise<Http2Server>>

/** One request over HTTP/2 with these Authorization fields. */
async function ask(server: Http2Server, authorization: string | string[]) {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  try {
    const stream = session.request({ ':path': '/', authorization: authorization as string })
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      stream.once('response', resolve)
      stream.once('error', reject)
    })
    let body = ''
    for await (const chunk of stream) body += chunk
    return { status: headers[':status'], challenge: headers['www-authenticate'], body }
  } finally {
    session.destroy()
    await new Promise((closed) => server.close(closed))
  }
}

describe.each(Object.entries(APPS))('%s over HTTP/2', (_, start) => {
  it('admits a good token (RFC 9113 §8.3)', async () => {
    const answer = await ask(await start(), `Bearer ${await issuer.accessToken()}`)
    expect(answer).toMatchObject({ status: 200, body: 'user-1' })
  })

  it('refuses a bad one with a challenge (RFC 6750 §3.1)', async () => {
    const answer = await ask(await start(), `Bearer ${await issuer.expired()}`)
    expect(answer).toMatchObject({ status: 401, challenge: expect.stringContaining('error="invalid_token"') })
  })

  it.each([
    ['one Authorization field', 1, 200],
    ['two Authorization fields', 2, 400],
  ])(
    'takes %s for what the wire had, not for what Node kept of it: %s times, %s (RFC 6750 §2)',
    async (_, times, status) => {
      const server = await start()
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
      const { port } = server.address() as AddressInfo
      const field = ['authorization', `Bearer ${await issuer.accessToken()}`] as const
      const pseudo = [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'localhost'],
      ] as const
      const repeated = Array.from({ length: times }, () => field)
      expect(await rawHttp2Request(port, [...pseudo, ...repeated])).toBe(status)
      await new Promise((closed) => server.close(closed))
    },
  )

  it('refuses two tokens in one field (RFC 6750 §2)', async () => {
    const token = await issuer.accessToken()
    expect(await ask(await start(), `Bearer ${token}, Bearer ${token}`)).toMatchObject({ status: 400 })
  })
})

it('takes any other view of a request that shows every value of a field (RequestView)', async () => {
  const fields = new Headers({ authorization: `Bearer ${await issuer.accessToken()}` })
  const view: RequestView = {
    method: 'GET',
    query: '',
    header: (name) => (fields.has(name) ? [fields.get(name) ?? ''] : []),
  }
  expect(await createResourceServer(options).authenticate(view)).toMatchObject({ ok: true })
})
