import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REQUESTS } from '../src/requests.ts'
import { type Running, start } from '../src/start.ts'
import { mintTokens, type TokenName } from '../src/tokens.ts'
import { type RawAnswer, rawRequest } from './support/raw-request.ts'

let running: Running
let tokens: Readonly<Record<TokenName, string>>

beforeAll(async () => {
  running = await start({ port: 0, issuerPort: 0, onRefusal: () => {} })
  tokens = await mintTokens(running.authorizationServer)
})
afterAll(() => running.close())

const PAGES = ['/', '/callback', '/console/main.js', '/console/console.css', '/console/settings']
const SERVICES = ['explain', 'machine-token', 'expired-token']

describe('every file of the console', () => {
  test.each(PAGES)('%s comes with a policy that lets nothing in, and is not kept (CSP 3)', async (path) => {
    const { headers, status } = await fetch(`${running.url}${path}`)
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      `connect-src 'self' ${running.authorizationServer.issuer}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test.each([...PAGES, ...SERVICES.map((service) => `/console/${service}`)])(
    '%s is answered under the loopback address only, whoever resolves to it (DNS rebinding)',
    async (path) => {
      const { port } = new URL(running.url)
      for (const host of [
        `evil.example:${port}`,
        `localhost:${port}`,
        '127.0.0.1',
        '127.0.0.1:1',
        `[::1]:${port}`,
      ]) {
        const method = SERVICES.some((service) => path.endsWith(service)) ? 'POST' : 'GET'
        const headers = { host, origin: running.url }
        const { status, body } = await rawRequest(`${running.url}${path}`, method, headers)
        expect(status).toBe(421)
        expect(body).toContain(`Open ${running.url}/ instead`)
      }
    },
  )

  test('is served on the loopback address, and on no other of this machine', async () => {
    const { hostname, port } = new URL(running.url)
    expect(hostname).toBe('127.0.0.1')
    const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
    for (const { address, family, internal } of others) {
      if (internal || family !== 'IPv4') continue
      await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow('fetch failed')
    }
  })

  test('the login page has no style or script but its own (CSP 3)', async () => {
    const { headers } = await fetch(`${running.authorizationServer.issuer}/interaction/nothing`)
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri/,
    )
  })
})

describe('what the console asks of its server', () => {
  test.each(SERVICES)('%s is refused to other origins, and to who names none (CSRF)', async (service) => {
    const { port } = new URL(running.url)
    const body = JSON.stringify({ token: tokens.ada, route: 'GET /api/patients', machine: 'reporting' })
    for (const origin of [
      'https://evil.example',
      `http://localhost:${port}`,
      'null',
      running.authorizationServer.issuer,
    ]) {
      expect((await ask(service, body, { origin })).status).toBe(403)
    }
    const json = { 'content-type': 'application/json' }
    expect((await rawRequest(`${running.url}/console/${service}`, 'POST', json, body)).status).toBe(403)
    expect((await ask(service, body)).status).toBe(200)
    expect((await fetch(`${running.url}/console/${service}`)).status).toBe(404)
  })

  test.each(SERVICES)('%s takes JSON of at most 64 KiB, with what it needs in it', async (service) => {
    expect((await ask(service, JSON.stringify({ token: 'x'.repeat(70_000) }))).status).toBe(413)
    expect((await ask(service, '{')).status).toBe(400)
    expect((await ask(service, '{"token":1,"machine":1,"route":1}')).status).toBe(400)
    const text = { 'content-type': 'text/plain' }
    const body = JSON.stringify({ token: tokens.ada, route: 'GET /api/patients', machine: 'reporting' })
    expect((await ask(service, body, text)).status).toBe(400)
  })

  const judged = REQUESTS.filter(({ token, inQuery, path }) => token && !inQuery && path.startsWith('/api'))
  test.each(judged)('explains $method $path with $token as the API answers it', async (promised) => {
    const { method, path, status, reason, token = 'garbage' } = promised
    const answer = await ask('explain', JSON.stringify({ token: tokens[token], route: `${method} ${path}` }))
    const explanation = JSON.parse(answer.body)
    expect(explanation.admitted).toBe(status < 300)
    expect(explanation.reason?.code).toBe(reason)
  })

  test('gives no token and no signature back with an explanation', async () => {
    const { body } = await ask('explain', JSON.stringify({ token: tokens.ada, route: 'GET /api/patients' }))
    for (const part of tokens.ada.split('.')) expect(body).not.toContain(part)
  })

  test('keeps the secrets of its services to itself', async () => {
    const settings = await (await fetch(`${running.url}/console/settings`)).text()
    const { body } = await ask('machine-token', '{"machine":"admin"}')
    for (const { clientSecret } of Object.values(running.authorizationServer.services)) {
      expect(settings).not.toContain(clientSecret)
      expect(body).not.toContain(clientSecret)
    }
    expect((await ask('machine-token', '{"machine":"constructor"}')).status).toBe(400)
  })

  test('makes tokens older, and only those that the API admits', async () => {
    const { body } = await ask('expired-token', JSON.stringify({ token: tokens.ada }))
    const { access_token } = JSON.parse(body)
    const authorization = `Bearer ${access_token}`
    const refused = await fetch(`${running.url}/api/patients`, { headers: { authorization } })
    expect(refused.headers.get('www-authenticate')).toContain('expired')
    for (const token of [tokens.tampered, tokens.idToken, tokens.billing, access_token]) {
      expect((await ask('expired-token', JSON.stringify({ token }))).status).toBe(400)
    }
  })
})

/** As the console's own page asks, but for these header fields. */
function ask(
  service: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const own = { origin: running.url, 'content-type': 'application/json', ...headers }
  return rawRequest(`${running.url}/console/${service}`, 'POST', own, body)
}
