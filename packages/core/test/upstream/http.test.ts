import { createServer, type RequestListener, type Server } from 'node:http'
import { globalAgent } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, type FetchLimits } from '../../src/upstream/fetch.ts'
import { httpFetch } from '../../src/upstream/http.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** The address of a server that answers so. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const limits = (changes: Partial<FetchLimits> = {}): FetchLimits => ({
  fetch: httpFetch,
  signal: new AbortController().signal,
  maxBytes: 1000,
  ...changes,
})
const get = (url: string, changes?: Partial<FetchLimits>) =>
  ask(url, { headers: { accept: 'application/json' } }, limits(changes))

describe('asking an issuer', () => {
  it('sends a GET that says who asks, and reads the fields of the answer by their names (RFC 9110 §9.3.1)', async () => {
    const url = await serving(({ method, headers }, res) => {
      const { accept, 'user-agent': agent } = headers
      res
        .setHeader('ETag', '"1"')
        .setHeader('X-Two', ['a', 'b'])
        .end(JSON.stringify({ method, accept, agent }))
    })
    const { status, headers, body } = await get(url)
    expect([status, headers.get('etag'), headers.get('x-two'), headers.get('age')]).toEqual([
      200,
      '"1"',
      'a, b',
      null,
    ])
    expect(JSON.parse(`${body}`)).toEqual({ method: 'GET', accept: 'application/json', agent: 'gatewarden' })
  })

  it('posts a form as one (RFC 7662 §2.1)', async () => {
    const url = await serving(async (req, res) => {
      const chunks = await req.toArray()
      const { 'content-type': type, 'content-length': length } = req.headers
      res.end(JSON.stringify([req.method, type, length, `${Buffer.concat(chunks)}`]))
    })
    const form = new URLSearchParams({ token: 'a b&ü' })
    const { body } = await ask(url, { headers: {}, form }, limits())
    const type = 'application/x-www-form-urlencoded;charset=UTF-8'
    expect(JSON.parse(`${body}`)).toEqual(['POST', type, '18', 'token=a+b%26%C3%BC'])
  })

  it('follows no redirect (RFC 9110 §15.4)', async () => {
    let asked = 0
    const url = await serving((_, res) => {
      asked += 1
      res.writeHead(302, { location: '/elsewhere' }).end()
    })
    await expect(get(url)).rejects.toThrow(`${url} answered 302, and redirects are not followed`)
    expect(asked).toBe(1)
  })

  it('reads no more than it may, packed or not (ours)', async () => {
    const plain = await serving((_, res) => res.end('x'.repeat(1001)))
    await expect(get(plain)).rejects.toThrow('sent more than 1000 bytes')
    const packed = await serving((_, res) =>
      res.setHeader('Content-Encoding', 'gzip').end(gzipSync('x'.repeat(1_000_000))),
    )
    await expect(get(packed)).rejects.toThrow('sent more than 1000 bytes')
  })

  it('unpacks what was packed unasked, and says so where it cannot (RFC 9110 §8.4)', async () => {
    const gzip = await serving((_, res) => res.setHeader('Content-Encoding', 'gzip').end(gzipSync('{"a":1}')))
    expect(`${(await get(gzip)).body}`).toBe('{"a":1}')
    const brotli = await serving((_, res) =>
      res.setHeader('Content-Encoding', 'br').end(brotliCompressSync('{}')),
    )
    await expect(get(brotli)).rejects.toThrow('answered in a content encoding that was not asked for')
    const broken = await serving((_, res) => res.setHeader('Content-Encoding', 'gzip').end('{"a":1}'))
    await expect(get(broken)).rejects.toThrow('incorrect header check')
  })

  it.each([304, 429, 503])(
    'does not unpack what is not read: a %s keeps its status, whatever it says of its encoding (RFC 9110 §8.4)',
    async (status) => {
      for (const encoding of ['br', 'gzip', '']) {
        const url = await serving((_, res) =>
          res.writeHead(status, { 'content-encoding': encoding, 'retry-after': '7' }).end(),
        )
        await expect(get(url)).rejects.toMatchObject({ status, retryAfter: 7 })
        const one = await ask(url, { headers: {} }, limits(), [status])
        expect([one.status, one.body.length]).toEqual([status, 0])
      }
    },
  )

  it('is an error where protocols are changed unasked (RFC 9110 §15.2.2)', async () => {
    const server = createTcpServer((socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    await expect(get(url)).rejects.toThrow(`${url}: closed without an answer`)
    server.close()
  })

  it('asks nobody through an agent that checks no certificates (RFC 8725 §3.10)', async () => {
    const { options } = globalAgent
    const { rejectUnauthorized } = options
    options.rejectUnauthorized = false
    try {
      await expect(get('HTTPS://127.0.0.1:1/')).rejects.toThrow('this process checks no certificates')
    } finally {
      options.rejectUnauthorized = rejectUnauthorized
    }
    await expect(get('HTTPS://127.0.0.1:1/')).rejects.toThrow('ECONNREFUSED')
  })

  it.each([
    ['before it answers', () => undefined],
    ['in the middle of the body', (res: Parameters<RequestListener>[1]) => res.writeHead(200).write('{')],
  ])('ends with its signal, %s (ours)', async (_, begin) => {
    const controller = new AbortController()
    let held: Socket | null = null
    const url = await serving((_, res) => {
      held = res.socket
      begin(res)
      setImmediate(() => controller.abort(new DOMException('', 'TimeoutError')))
    })
    await expect(get(url, { signal: controller.signal })).rejects.toThrow(
      'no whole answer within the deadline',
    )
    await expect.poll(() => held?.destroyed).toBe(true)
  })

  it('takes a body that ends early for none (RFC 9112 §8)', async () => {
    const url = await serving((_, res) => {
      res.writeHead(200, { 'content-length': 100 }).write('{"keys":[]}')
      setImmediate(() => res.destroy())
    })
    await expect(get(url)).rejects.toThrow(`${url}: aborted (ECONNRESET)`)
  })

  const post = (url: string) => ask(url, { headers: {}, form: new URLSearchParams() }, limits())

  it('keeps no connection for keys and metadata, and one for what is asked about tokens (RFC 9112 §9.3)', async () => {
    const connections = new Set<Socket | null>()
    const url = await serving((_, res) => {
      connections.add(res.socket)
      res.end('{}')
    })
    for (let i = 0; i < 3; i++) await get(url)
    expect(connections.size).toBe(3)
    for (let i = 0; i < 3; i++) await post(url)
    await ask(url, { headers: { authorization: 'Bearer token' } }, limits())
    expect(connections.size).toBe(4)
  })

  it('asks again where kept connections were closed meanwhile, twice at most (RFC 9112 §9.3.1)', async () => {
    const kept = new Set<Socket | null>()
    let together: () => void = () => undefined
    let asked = 0
    const url = await serving(async (_, res) => {
      if (kept.has(res.socket)) return res.socket?.resetAndDestroy()
      kept.add(res.socket)
      asked += 1
      if (asked === 1) await new Promise<void>((resolve) => (together = resolve))
      else together()
      return res.end('{}')
    })
    await Promise.all([post(url), post(url)])
    expect(kept.size).toBe(2)
    expect((await post(url)).status).toBe(200)
    expect([kept.size, asked]).toEqual([3, 3])
  })

  it('asks once where a new connection is closed (RFC 9112 §9.3.1)', async () => {
    let asked = 0
    const url = await serving((_, res) => {
      asked += 1
      res.socket?.resetAndDestroy()
    })
    await expect(post(url)).rejects.toThrow(/ECONNRESET/)
    await expect(get(url)).rejects.toThrow(/ECONNRESET/)
    expect(asked).toBe(2)
  })

  it('names what the network said (ours)', async () => {
    const url = await serving((_, res) => res.end())
    servers[0]?.close()
    await expect(get(url)).rejects.toThrow(`${url}: connect ECONNREFUSED`)
    const reset = await serving((_, res) => res.socket?.resetAndDestroy())
    await expect(get(reset)).rejects.toThrow(`${reset}: read ECONNRESET`)
  })
})
