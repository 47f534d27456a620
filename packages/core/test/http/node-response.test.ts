import { createServer, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { sendRefusal } from '../../src/http/node-response.ts'
import { refuser } from '../../src/http/refusal.ts'
import { Reason } from '../../src/reason.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** What a caller receives from a server that answers so. */
async function received(answer: (response: ServerResponse) => void): Promise<Response> {
  const server = createServer((_, response) => answer(response))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return fetch(`http://127.0.0.1:${address.port}/`, { headers: { connection: 'close' } })
}

const refusal = refuser({ realm: 'api', cors: true })(new Reason('expired'))
const bare = refuser({ realm: 'api', cors: false })(new Reason('no_credentials'))

describe('a refusal on the wire', () => {
  it('has status, fields and a JSON body (RFC 6750 §3)', async () => {
    const response = await received((out) => sendRefusal(out, refusal))
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe(refusal.headers['www-authenticate'])
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await response.json()).toEqual(refusal.body)
  })

  it('has no body and no content type where there is no error (RFC 6750 §3.1)', async () => {
    const response = await received((out) => sendRefusal(out, bare))
    expect([response.headers.get('content-type'), response.headers.get('content-length')]).toEqual([
      null,
      '0',
    ])
    expect(await response.text()).toBe('')
  })

  it('adds to the fields that the application lets scripts read (Fetch, CORS protocol)', async () => {
    const exposed = async (...before: string[][]) => {
      const response = await received((out) => {
        for (const names of before) out.setHeader('Access-Control-Expose-Headers', names)
        sendRefusal(out, refusal)
      })
      return response.headers.get('access-control-expose-headers')
    }
    expect(await exposed()).toBe('WWW-Authenticate')
    expect(await exposed(['X-Id', 'X-Total'])).toBe('X-Id, X-Total, WWW-Authenticate')
  })

  it('leaves a response that was already begun alone (ours)', async () => {
    const response = await received((out) => {
      out.end('done')
      sendRefusal(out, refusal)
    })
    expect([response.status, await response.text()]).toEqual([200, 'done'])
  })
})
