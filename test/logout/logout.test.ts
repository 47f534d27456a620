import { connect } from 'node:net'
import { createResourceServer } from '@gatewarden/express'
import { backchannelLogout } from '@gatewarden/fastify'
import express from 'express'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { fastifyDoor, type LogoutDoor, PARSED, READING } from './doors.ts'
import { CLIENT, FORM, issuer, open, posted, type Sent } from './world.ts'

const logout = (claims: Record<string, unknown> = {}) =>
  issuer.logoutToken({ claims: { sub: 'jane', sid: 's1', ...claims }, expiresIn: 120 })
const token = await logout()
const body = `logout_token=${token}`
const MALFORMED = 'logout_request_malformed'

describe.each([...READING, ...PARSED])('$name', (door) => {
  it('ends the tokens of a session that is logged out, from the next request on (Back-Channel Logout §2.7)', async () => {
    await using site = await open(door)
    const access = await issuer.accessToken({ claims: { sub: 'jane', sid: 's1' } })
    const other = await issuer.accessToken({ claims: { sub: 'jane', sid: 's2' } })
    const me = async (sent: string) => {
      const headers = { authorization: `Bearer ${sent}` }
      return (await site.send({ method: 'GET', path: '/api/me', headers })).status
    }
    expect([await me(access), await me(other)]).toEqual([200, 200])
    const { status, headers, text } = await site.send(posted(await logout()))
    expect([status, text, headers['cache-control'], headers['content-length']]).toEqual([
      200,
      '',
      'no-store',
      '0',
    ])
    expect([await me(access), await me(other)]).toEqual([401, 200])
    expect(site.reasons).toEqual([])
  })

  it('answers 400 with JSON, and nothing of what was sent, to a token that is none (Back-Channel Logout §2.8)', async () => {
    await using site = await open(door)
    const { status, headers, text } = await site.send(posted(await issuer.idToken({ audience: CLIENT })))
    expect([status, site.reasons]).toEqual([400, ['not_a_logout_token']])
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    })
    expect(headers).not.toHaveProperty('www-authenticate')
    expect(JSON.parse(text)).toEqual({
      error: 'invalid_request',
      error_description: 'The token is not a logout token',
    })
  })

  it('answers 400 to the same token a second time (Back-Channel Logout §2.6 step 8)', async () => {
    await using site = await open(door)
    const sent = posted(await logout())
    expect([(await site.send(sent)).status, (await site.send(sent)).status]).toEqual([200, 400])
    expect(site.reasons).toEqual(['logout_replayed'])
  })

  it.each<[string, Sent]>([
    ['two tokens', { headers: FORM, body: `${body}&${body}` }],
    ['no token', { headers: FORM, body: 'a=b' }],
    ['an empty body', { headers: FORM, body: '' }],
    ['no body', { headers: FORM }],
    ['an empty token', { headers: FORM, body: 'logout_token=' }],
    ['the token in the query', { headers: FORM, path: `/backchannel-logout?${body}`, body: 'a=b' }],
    ['a form without a type', { body }],
    ['a form as text', { headers: { 'content-type': 'text/plain' }, body }],
    [
      'JSON',
      { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ logout_token: token }) },
    ],
    ['parts', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }],
    ['a type that is none', { headers: { 'content-type': 'garbage' }, body }],
    ['a type that only begins so', { headers: { 'content-type': `${FORM['content-type']}x` }, body }],
  ])('answers 400 to %s (Back-Channel Logout §2.5, §2.8)', async (_, sent) => {
    await using site = await open(door)
    const path = sent.path ?? '/backchannel-logout'
    const { status, headers } = await site.send({ ...sent, path })
    expect([status, headers['cache-control'], site.reasons]).toEqual([400, 'no-store', [MALFORMED]])
  })

  it.each<[string, Sent]>([
    ['a type with parameters', { headers: { 'content-type': `${FORM['content-type']}; charset=utf-8` } }],
    ['a type in other letters', { headers: { 'content-type': 'Application/X-WWW-Form-URLEncoded' } }],
    ['other fields', {}],
    ['chunks', {}],
  ])('takes a logout with %s (Back-Channel Logout §2.5)', async (what, { headers = FORM }) => {
    await using site = await open(door)
    const fresh = `logout_token=${await logout()}`
    const bodies = new Map<string, Sent['body']>([
      ['other fields', `a=1&${fresh}&b=2`],
      ['chunks', [fresh.slice(0, 99), fresh.slice(99)]],
    ])
    expect((await site.send({ headers, body: bodies.get(what) ?? fresh })).status).toBe(200)
  })
})

describe.each(READING)('$name', (door) => {
  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])(
    'answers 405 to %s, and says what to send (RFC 9110 §15.5.6)',
    async (method) => {
      await using site = await open(door)
      const { status, headers } = await site.send({ method })
      expect([status, headers.allow, headers['cache-control']]).toEqual([405, 'POST', 'no-store'])
      expect(site.reasons).toEqual([MALFORMED])
    },
  )

  it.each<[string, Sent]>([
    ['one piece', { headers: FORM, body: `logout_token=${'a'.repeat(32_756)}` }],
    ['chunks', { headers: FORM, body: Array.from({ length: 200 }, () => 'a'.repeat(1000)) }],
  ])('answers 400 to a body of more than 32 KiB in %s (ours)', async (_, sent) => {
    await using site = await open(door)
    expect([(await site.send(sent)).status, site.reasons]).toEqual([400, [MALFORMED]])
  })

  it('goes on after somebody hung up in the middle of a body (ours)', async () => {
    await using site = await open(door)
    const socket = connect(site.port, '127.0.0.1')
    const fields = 'Host: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000'
    await new Promise((sent) =>
      socket.write(`POST /backchannel-logout HTTP/1.1\r\n${fields}\r\n\r\nlogout`, sent),
    )
    socket.destroy()
    expect((await site.send(posted(await logout()))).status).toBe(200)
  })

  it('answers 503 and when to try again while keys cannot be had (ADR 0004)', async () => {
    const keys = () => Promise.reject(new Error('down'))
    const resourceServer = createResourceServer({ issuer: issuer.issuer, audience: 'a', keys })
    await using site = await open(door, { resourceServer })
    const { status, headers, text } = await site.send(posted(await logout()))
    expect([status, headers['retry-after'], headers['cache-control']]).toEqual([503, '5', 'no-store'])
    expect(JSON.parse(text)).toMatchObject({ error: 'temporarily_unavailable' })
  })
})

describe('a receiver behind something that took the body and left nothing', () => {
  it('says so: 500, and no pass (ours)', async () => {
    const [door] = READING
    await using site = await open({
      name: 'swallowed',
      async mount(options) {
        const app = express()
        app.use((req, _res, next) => void req.resume().once('end', next))
        app.use((await door?.mount(options)) as express.RequestHandler)
        return app
      },
    })
    expect((await site.send(posted(await logout()))).status).toBe(500)
  })
})

describe('Fastify', () => {
  it('keeps its own body parsers everywhere else (ours)', async () => {
    await using site = await open(fastifyDoor)
    const authorization = `Bearer ${await issuer.accessToken()}`
    const headers = { authorization, 'content-type': 'application/json' }
    const { text } = await site.send({ path: '/api/echo', headers, body: '{"a":1}' })
    expect(JSON.parse(text)).toEqual({ a: 1 })
  })

  it('reaches the receiver under the prefix that it was registered with (ours)', async () => {
    const prefixed: LogoutDoor = {
      name: 'prefixed',
      async mount(options) {
        const app = fastify()
        await app.register(backchannelLogout, {
          ...options,
          path: '/logout',
          prefix: '/oidc',
          logLevel: 'warn',
        })
        await app.ready()
        return (request, response) => app.routing(request, response)
      },
    }
    await using site = await open(prefixed)
    expect((await site.send({ ...posted(await logout()), path: '/oidc/logout' })).status).toBe(200)
  })
})
