import { createTestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { secret } from '../../src/keys/secret.ts'
import { staticJwks } from '../../src/keys/static.ts'
import { createResourceServer } from '../../src/resource-server.ts'
import type { AuthContext } from '../../src/token/context.ts'
import { AUDIENCE } from '../support.ts'
import { admit, failed, failure, type Scene, scene } from './support.ts'

let here: Scene
beforeEach(async () => {
  here = await scene()
})
afterEach(() => here[Symbol.asyncDispose]())
const asked = () => here.issuer.requests.userinfo.length

describe('user information', () => {
  it('comes from the issuer, by the token of the caller, for the same subject (OpenID Connect Core §5.3)', async () => {
    const auth = await here.admitted({ subject: 'anna' })
    const info = await here.api.userinfo(auth)
    expect(info).toEqual({ sub: 'anna', name: 'Test User', email: 'user@example.com', email_verified: true })
    expect(Object.isFrozen(info)).toBe(true)
    expect(here.issuer.requests.userinfo).toMatchObject([
      { method: 'GET', url: '/userinfo', headers: { authorization: `Bearer ${auth.token}` } },
    ])
  })

  it('is given about an introspected token whatever its audience (ours)', async () => {
    const auth = here.introspected(await here.admitted({ audience: AUDIENCE }))
    expect(await here.api.userinfo(auth)).toMatchObject({ sub: 'user-1' })
  })

  it('is asked for once a minute, however many requests bring the token (ours)', async () => {
    const auth = await here.admitted()
    const first = await here.api.userinfo(auth)
    const again = await admit(here.api, auth.token)
    here.clock.pass(59_999)
    expect(await here.api.userinfo(again)).toBe(first)
    expect(asked()).toBe(1)
    here.clock.pass(1)
    await here.api.userinfo(auth)
    expect(asked()).toBe(2)
  })

  it('is not kept beyond the exp of the token (ours)', async () => {
    const auth = await here.admitted({ expiresIn: 10 })
    await here.api.userinfo(auth)
    here.clock.pass(10_000)
    expect(await failed(here.api.userinfo(auth))).toMatch(/^502 refused: http.* answered 401$/)
    expect(asked()).toBe(2)
  })

  it('is asked for once by a hundred requests at a time (ours)', async () => {
    const auth = await here.admitted()
    here.issuer.behave({ userinfo: 'hang' })
    const all = Promise.all(Array.from({ length: 100 }, () => here.api.userinfo(auth)))
    await here.issuer.received('userinfo')
    here.issuer.restore()
    expect(new Set(await all).size).toBe(1)
    expect([asked(), here.issuer.requests.discovery.length]).toEqual([1, 2])
  })

  it('is kept apart for each token (ours)', async () => {
    const [anna, ben] = [await here.admitted({ subject: 'anna' }), await here.admitted({ subject: 'ben' })]
    expect(await here.api.userinfo(anna)).toMatchObject({ sub: 'anna' })
    expect(await here.api.userinfo(ben)).toMatchObject({ sub: 'ben' })
  })

  it('is asked of an issuer by 20 tokens at a time, and no more wait (ours)', async () => {
    const tokens = await Promise.all(Array.from({ length: 21 }, () => here.admitted()))
    const [last, ...others] = tokens as [AuthContext, ...AuthContext[]]
    here.issuer.behave({ userinfo: 'hang' })
    const all = Promise.all(others.map((auth) => here.api.userinfo(auth)))
    await here.issuer.received('userinfo', 20)
    expect(await failure(here.api.userinfo(last))).toMatchObject({
      code: 'unavailable',
      status: 503,
      retryAfter: 1,
      headers: { 'retry-after': '1' },
    })
    here.issuer.restore()
    expect(await all).toHaveLength(20)
    expect(await here.api.userinfo(last)).toMatchObject({ sub: 'user-1' })
    expect(asked()).toBe(21)
  })

  it('comes through the fetch of the issuer (option fetch)', async () => {
    const urls: string[] = []
    await using own = await scene({
      fetch: (url, init) => {
        urls.push(url)
        return fetch(url, init)
      },
    })
    await own.api.userinfo(await own.admitted())
    expect(urls.at(-1)).toBe(own.issuer.userinfoEndpoint)
  })

  it('comes from the issuer of the tenant whose token it is', async () => {
    await using other = await scene()
    const tenants = [here.issuer.issuer, other.issuer.issuer]
    const options = { audience: AUDIENCE, issuer: (iss: string) => (tenants.includes(iss) ? iss : undefined) }
    const api = createResourceServer(options, here.clock)
    for (const { issuer } of [here, other]) {
      const audience = [AUDIENCE, issuer.userinfoEndpoint]
      const auth = await admit(api, await issuer.accessToken({ audience, subject: issuer.issuer }))
      expect(await api.userinfo(auth)).toMatchObject({ sub: issuer.issuer })
      expect(issuer.requests.userinfo).toHaveLength(1)
    }
  })
})

describe('a token is not shown to the userinfo endpoint, and nothing is asked, where', () => {
  const unasked = async (question: Promise<unknown>, expected: string | RegExp) => {
    expect(await failed(question)).toMatch(expected)
    expect(asked()).toBe(0)
  }

  it('its audience does not name the endpoint exactly (RFC 9068 §4): the message says what to request', async () => {
    for (const audience of [AUDIENCE, [AUDIENCE, `${here.issuer.userinfoEndpoint}/`]]) {
      const question = here.api.userinfo(await here.admitted({ audience }))
      await unasked(question, /^500 not_allowed: `aud` does not name .*request the scope openid/)
      expect((await failure(question)).message).toContain('scope openid')
    }
  })

  it('its audience names the endpoint of another issuer', async () => {
    await using other = await scene()
    const audience = [AUDIENCE, other.issuer.userinfoEndpoint]
    await unasked(here.api.userinfo(await here.admitted({ audience })), '500 not_allowed')
    expect(other.issuer.requests.userinfo).toEqual([])
  })

  it('it is signed with a shared secret', async () => {
    const issuer = await createTestIssuer({ algorithms: ['HS256'], audience: AUDIENCE })
    const keys = secret(issuer.secret(), { encoding: 'utf8' })
    const api = createResourceServer({ issuer: here.issuer.issuer, audience: AUDIENCE, keys })
    const audience = [AUDIENCE, here.issuer.userinfoEndpoint]
    const token = await issuer.accessToken({ audience, claims: { iss: here.issuer.issuer } })
    await unasked(api.userinfo(await admit(api, token)), '500 not_allowed: the token is signed with a secret')
  })

  it('it is about nobody', async () => {
    await unasked(
      here.api.userinfo(await here.admitted({ omit: ['sub'] })),
      '500 not_allowed: the token has no',
    )
  })

  it('its issuer is none of this API, or no longer', async () => {
    await using other = await scene()
    await unasked(here.api.userinfo(await other.admitted()), '500 not_allowed: ')
    expect(other.issuer.requests.userinfo).toEqual([])

    let known = true
    const options = { audience: AUDIENCE, issuer: (iss: string) => (known ? iss : undefined) }
    const api = createResourceServer(options, here.clock)
    const audience = [AUDIENCE, here.issuer.userinfoEndpoint]
    const auth = await admit(api, await here.issuer.accessToken({ audience, expiresIn: 100_000 }))
    known = false
    here.clock.pass(3_700_000)
    await unasked(api.userinfo(auth), '500 not_allowed: ')
  })

  it('its issuer is no address', async () => {
    const options = { issuer: 'urn:issuer', audience: AUDIENCE, keys: staticJwks(here.issuer.jwks()) }
    const api = createResourceServer(options, here.clock)
    const auth = await admit(api, await here.issuer.accessToken({ claims: { iss: 'urn:issuer' } }))
    await unasked(api.userinfo(auth), '500 unsupported: ')
  })

  it('the context was written by hand, or copied: that is a mistake of the application', async () => {
    const auth = await here.admitted()
    for (const forged of [{ ...auth, token: auth.token }, undefined, 'token'])
      await expect(here.api.userinfo(forged as AuthContext)).rejects.toMatchObject({
        code: 'ERR_GATEWARDEN_USAGE',
      })
    expect(asked()).toBe(0)
  })
})
