import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../src/index.ts'

let issuer: TestIssuer

beforeEach(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256'] })
  await issuer.listen({ path: '/tenant' })
})
afterEach(() => issuer.close())

const ask = (token: string, method = 'GET') =>
  fetch(issuer.userinfoEndpoint, { method, headers: { authorization: `Bearer ${token}` } })

describe('the userinfo endpoint', () => {
  it('tells the subject of tokens that the issuer gave out, to GET and POST (OpenID Connect Core §5.3.1)', async () => {
    expect(issuer.userinfoEndpoint).toBe(`${issuer.issuer}/userinfo`)
    for (const token of [await issuer.accessToken(), await issuer.opaqueToken()]) {
      const answer = await ask(token)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(await answer.json()).toMatchObject({ sub: 'user-1', email: 'user@example.com' })
      expect((await ask(token, 'POST')).status).toBe(200)
    }
    expect(issuer.requests.userinfo.map(({ method, body }) => [method, body])).toEqual([
      ['GET', undefined],
      ['POST', ''],
      ['GET', undefined],
      ['POST', ''],
    ])
  })

  it('answers 401 and a challenge to any other token, and a bare one to none (RFC 6750 §3)', async () => {
    const revoked = await issuer.opaqueToken()
    issuer.revoke(revoked)
    const nobody = await issuer.opaqueToken({ omit: ['sub'] })
    for (const token of [revoked, nobody, await issuer.expired(), await issuer.idToken(), 'x']) {
      const answer = await ask(token)
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer error="invalid_token"',
      ])
    }
    const bare = await fetch(issuer.userinfoEndpoint)
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })

  it('misbehaves on command: another subject, another body, a redirect', async () => {
    const token = await issuer.accessToken()
    issuer.behave({
      userinfo: [{ metadata: { sub: 'other' } }, { body: { sub: 7 } }, { redirectTo: '/elsewhere' }],
    })
    expect(await (await ask(token)).json()).toMatchObject({ sub: 'other', name: 'Test User' })
    const other = await ask('unknown')
    expect([other.status, other.headers.get('www-authenticate'), await other.json()]).toEqual([
      200,
      null,
      { sub: 7 },
    ])
    expect((await ask(token)).status).toBe(404)
    expect(issuer.requests.other).toMatchObject([{ url: '/elsewhere' }])
  })

  it('answers 405 to other methods', async () => {
    expect((await ask(await issuer.accessToken(), 'DELETE')).status).toBe(405)
  })
})
