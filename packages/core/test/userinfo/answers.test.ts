import { inspect } from 'node:util'
import type { Behaviour } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createResourceServer } from '../../src/resource-server.ts'
import { AUDIENCE } from '../support.ts'
import { admit, failed, failure, type Scene, scene } from './support.ts'

let here: Scene
beforeEach(async () => {
  here = await scene()
})
afterEach(() => here[Symbol.asyncDispose]())

const DEEP = `{"sub":"user-1","a":${'['.repeat(40)}${']'.repeat(40)}}`
const ANSWERS: readonly (readonly [what: string, behaviour: Behaviour, expected: RegExp])[] = [
  ['another subject', { metadata: { sub: 'user-2' } }, /^502 subject_mismatch: /],
  ['a subject in other letters', { metadata: { sub: 'User-1' } }, /^502 subject_mismatch: /],
  ['no subject', { metadata: { sub: undefined } }, /^502 malformed: its `sub` is missing$/],
  ['a subject that is no string', { metadata: { sub: ['user-1'] } }, /^502 malformed: its `sub` is no text$/],
  ['a web page', { body: '<html>', contentType: 'text/html' }, /^502 malformed: its content type/],
  ['JSON called a text', { contentType: 'text/plain' }, /^502 malformed: its content type is `text\/plain`$/],
  ['a web page called JSON', { body: '<html>' }, /^502 malformed: its body is not JSON$/],
  ['nothing', { body: '' }, /^502 malformed: /],
  ['a list', { body: '[]' }, /^502 malformed: its body is not a JSON object$/],
  [
    'two subjects',
    { body: '{"sub":"user-1","sub":"user-1"}' },
    /^502 malformed: its body names a member twice$/,
  ],
  ['deep JSON', { body: DEEP }, /^502 malformed: its body is nested too deeply$/],
  ['10 MB', { size: 10_000_000 }, /^503 unavailable: .* sent more than 65536 bytes$/],
  ['204', { status: 204 }, /^503 unavailable: .* answered 204$/],
  ['400', { status: 400 }, /^503 unavailable: .* answered 400$/],
  ['401', { status: 401 }, /^502 refused: .* answered 401$/],
  ['403', { status: 403 }, /^502 refused: .* answered 403$/],
  ['404', { status: 404 }, /^503 unavailable: .* answered 404$/],
  ['500', { status: 500 }, /^503 unavailable: .* answered 500$/],
  ['a reset', 'reset', /^503 unavailable: http/],
  ['half an answer', { cut: 10 }, /^503 unavailable: http/],
]

describe('a userinfo endpoint that answers with', () => {
  it.each(ANSWERS)(
    '%s makes a typed error in the handler, never a 401 (ours)',
    async (_, userinfo, expected) => {
      here.issuer.behave({ userinfo })
      expect(await failed(here.api.userinfo(await here.admitted()))).toMatch(expected)
    },
  )

  it('a redirect is not followed: the token goes nowhere else (RFC 9700 §4.12)', async () => {
    await using elsewhere = await scene()
    here.issuer.behave({ userinfo: { redirectTo: elsewhere.issuer.userinfoEndpoint } })
    expect(await failed(here.api.userinfo(await here.admitted()))).toMatch(/^503 unavailable: .* redirects/)
    expect(elsewhere.issuer.requests.userinfo).toEqual([])
  })

  it.each<[string, Behaviour]>([
    ['nothing for four seconds', 'hang'],
    ['a byte a second', { drip: { bytes: 1, everyMs: 1000 } }],
  ])('%s is given up on (ours)', async (_, userinfo) => {
    here.issuer.behave({ userinfo })
    const question = failed(here.api.userinfo(await here.admitted()))
    await here.issuer.received('userinfo')
    here.clock.pass(4000)
    expect(await question).toMatch(/^503 unavailable: .*(deadline|within 4000 ms)/)
  })

  it('429 is left alone for as long as it asks for, with all tokens (RFC 9110 §10.2.3)', async () => {
    const [anna, ben] = [await here.admitted({ subject: 'anna' }), await here.admitted({ subject: 'ben' })]
    here.issuer.behave({ userinfo: [{ status: 429, headers: { 'retry-after': '7' } }, 'ok'] })
    expect(await failure(here.api.userinfo(anna))).toMatchObject({ code: 'unavailable', retryAfter: 7 })
    here.clock.pass(6000)
    expect(await failure(here.api.userinfo(ben))).toMatchObject({ code: 'unavailable', retryAfter: 1 })
    expect(here.issuer.requests.userinfo).toHaveLength(1)
    here.clock.pass(1000)
    expect(await here.api.userinfo(ben)).toMatchObject({ sub: 'ben' })
  })

  it('a refusal is not asked again for five seconds, a failure at once (ours)', async () => {
    const auth = await here.admitted()
    here.issuer.behave({ userinfo: [{ status: 500 }, { status: 401 }, 'ok'] })
    expect(await failure(here.api.userinfo(auth))).toMatchObject({ code: 'unavailable' })
    for (const pass of [0, 4999]) {
      here.clock.pass(pass)
      expect(await failure(here.api.userinfo(auth))).toMatchObject({ code: 'refused' })
    }
    expect(here.issuer.requests.userinfo).toHaveLength(2)
    here.clock.pass(1)
    expect(await here.api.userinfo(auth)).toMatchObject({ sub: 'user-1' })
  })
})

describe('metadata', () => {
  it.each<[string, Behaviour, RegExp]>([
    [
      'without userinfo_endpoint',
      { metadata: { userinfo_endpoint: undefined } },
      /names no userinfo_endpoint/,
    ],
    [
      'with plain http there',
      { metadata: { userinfo_endpoint: 'http://issuer.test/userinfo' } },
      /names no userinfo_endpoint/,
    ],
    ['of another issuer', { metadata: { issuer: 'https://another.test/' } }, /names the issuer/],
    ['that cannot be had', { status: 500 }, /answered 500/],
  ])(
    '%s leads to no question, and is left alone for five seconds (RFC 8414 §3.3)',
    async (_, discovery, said) => {
      const auth = await here.admitted()
      here.issuer.behave({ discovery })
      expect(await failed(here.api.userinfo(auth))).toMatch(said)
      const { length } = here.issuer.requests.discovery
      expect(await failure(here.api.userinfo(auth))).toMatchObject({ code: 'unavailable', retryAfter: 5 })
      expect(here.issuer.requests.discovery).toHaveLength(length)
      here.issuer.restore()
      here.clock.pass(5000)
      expect(await here.api.userinfo(auth)).toMatchObject({ sub: 'user-1' })
    },
  )

  it('is read once for all tokens (RFC 8414 §3)', async () => {
    await here.api.userinfo(await here.admitted())
    const { length } = here.issuer.requests.discovery
    await here.api.userinfo(await here.admitted())
    expect(here.issuer.requests.discovery).toHaveLength(length)
  })
})

it('an error holds nothing of the token, whatever a fetch throws or an endpoint sends back (ours)', async () => {
  const audience = [AUDIENCE, here.issuer.userinfoEndpoint]
  const token = await here.issuer.accessToken({ audience })
  const echoes = [
    () => Promise.reject(new TypeError('fetch failed', { cause: new Error(`bad header: Bearer ${token}`) })),
    () => Promise.reject(Object.assign(new Error('down'), { config: { headers: [token] } })),
    async () => new Response('', { headers: { 'content-type': token } }),
    async () =>
      new Response(JSON.stringify({ sub: token }), { headers: { 'content-type': 'application/json' } }),
  ]
  for (const echo of echoes) {
    const api = createResourceServer({
      issuer: here.issuer.issuer,
      audience: AUDIENCE,
      fetch: (url, init) => (url === here.issuer.userinfoEndpoint ? echo() : fetch(url, init)),
    })
    const error = await failure(api.userinfo(await admit(api, token)))
    const everything = `${error.stack}${inspect(error, { depth: null, showHidden: true })}${JSON.stringify(error)}`
    for (const part of token.split('.')) expect(everything).not.toContain(part.slice(0, 40))
  }
})
