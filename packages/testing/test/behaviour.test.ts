import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Behaviour, createTestIssuer, type TestIssuer } from '../src/index.ts'

let issuer: TestIssuer
const discovery = () => fetch(`${issuer.issuer}/.well-known/openid-configuration`)
const jwks = (init?: RequestInit) => fetch(issuer.jwksUri, init)
const jwksAs = (behaviour: Behaviour) => {
  issuer.behave({ jwks: behaviour })
  return jwks()
}

beforeEach(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256'] })
  await issuer.listen()
})
afterEach(() => issuer.close())

describe('behave', () => {
  it('status: answers with it, headers and body as given, and an empty body by default', async () => {
    const answer = await jwksAs({
      status: 503,
      headers: { 'retry-after': '7' },
      body: 'down',
      contentType: 'text/plain',
    })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('7')
    expect(answer.headers.get('content-type')).toBe('text/plain')
    expect(await answer.text()).toBe('down')
    expect(await (await jwksAs({ status: 500 })).text()).toBe('')
  })

  it('headers alone: the real document with these headers', async () => {
    const answer = await jwksAs({ headers: { 'cache-control': 'max-age=60' } })
    expect(answer.headers.get('cache-control')).toBe('max-age=60')
    expect(await answer.json()).toEqual(issuer.jwks())
  })

  it('body: text, bytes or an object instead of the document', async () => {
    expect(await (await jwksAs({ body: '<html>' })).text()).toBe('<html>')
    expect(await (await jwksAs({ body: Uint8Array.of(104, 105) })).text()).toBe('hi')
    expect(await (await jwksAs({ body: { keys: [] } })).json()).toEqual({ keys: [] })
  })

  it('metadata: the real document with other members, or without', async () => {
    issuer.behave({ discovery: { metadata: { issuer: 'https://evil.test/', token_endpoint: undefined } } })
    const document = (await (await discovery()).json()) as Record<string, unknown>
    expect(document).toMatchObject({ issuer: 'https://evil.test/', jwks_uri: issuer.jwksUri })
    expect(document).not.toHaveProperty('token_endpoint')
  })

  it('redirectTo: 302, or the status given, to that place', async () => {
    issuer.behave({ jwks: [{ redirectTo: 'http://127.0.0.1:1/' }, { status: 307, redirectTo: '/other' }] })
    const found = await jwks({ redirect: 'manual' })
    expect([found.status, found.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/'])
    expect((await jwks({ redirect: 'manual' })).status).toBe(307)
  })

  it('reset: the caller sees a broken connection', async () => {
    await expect(jwksAs('reset')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  })

  it('hang: no answer, until the behaviour changes', async () => {
    issuer.behave({ jwks: 'hang' })
    const answers = [jwks(), jwks()]
    await issuer.received('jwks', 2)
    issuer.behave({ jwks: [{ status: 500 }, 'ok'] })
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 500])
  })

  it('hang: restore() answers as it should; a caller who has given up is forgotten', async () => {
    issuer.behave({ jwks: 'hang' })
    const impatient = new AbortController()
    const given = jwks({ signal: impatient.signal }).catch((error: Error) => error.name)
    await issuer.received('jwks')
    impatient.abort()
    expect(await given).toBe('AbortError')
    const patient = jwks()
    await issuer.received('jwks', 2)
    issuer.restore()
    expect(await (await patient).json()).toEqual(issuer.jwks())
  })

  it('delay: the same answer, later', async () => {
    expect(await (await jwksAs({ delay: 1 })).json()).toEqual(issuer.jwks())
  })

  it('drip: the body in pieces of that size', async () => {
    expect(await (await jwksAs({ body: 'abcdefg', drip: { bytes: 3, everyMs: 1 } })).text()).toBe('abcdefg')
    const stalled = await jwksAs({ body: 'abcdefg', drip: { bytes: 3, everyMs: 3_600_000 } })
    const reader = stalled.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value as Uint8Array)).toBe('abc')
    await reader?.cancel()
  })

  it('cut: the beginning of the body, then a reset', async () => {
    const response = await jwksAs({ cut: 10 })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  it('size: a body of so many bytes, still JSON, or cut off', async () => {
    const huge = await (await jwksAs({ size: 2_000_000 })).text()
    expect(huge).toHaveLength(2_000_000)
    expect(JSON.parse(huge)).toEqual(issuer.jwks())
    expect(await (await jwksAs({ size: 10 })).text()).toBe(JSON.stringify(issuer.jwks()).slice(0, 10))
  })

  it('size Infinity: a body that never ends, for as long as the caller reads', async () => {
    const endless = await jwksAs({ size: Number.POSITIVE_INFINITY })
    const reader = endless.body?.getReader()
    let read = 0
    while (read < 3_000_000) read += (await reader?.read())?.value?.length ?? Number.NaN
    await reader?.cancel()
    expect((await jwksAs({ size: Number.POSITIVE_INFINITY })).status).toBe(200)
    await issuer.close()
  })

  it('a list: one behaviour a request, the last for all that follow', async () => {
    issuer.behave({ jwks: [{ status: 500 }, { status: 502 }, 'ok'] })
    const statuses: number[] = []
    for (let i = 0; i < 4; i += 1) statuses.push((await jwks()).status)
    expect(statuses).toEqual([500, 502, 200, 200])
    expect(() => issuer.behave({ jwks: [] })).toThrow("use 'ok'")
  })

  it('an endpoint that is not named keeps its behaviour', async () => {
    issuer.behave({ discovery: { status: 404 } })
    issuer.behave({ jwks: { status: 500 } })
    expect([(await discovery()).status, (await jwks()).status]).toEqual([404, 500])
    issuer.restore()
    expect([(await discovery()).status, (await jwks()).status]).toEqual([200, 200])
  })
})
