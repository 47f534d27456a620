import { createResourceServer, type ResourceServer, staticJwks } from '@gatewarden/core'
import { type Behaviours, createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEAKS, type LeakCase } from './leak-cases.ts'
import { type OpenDoors, openDoors } from './open-doors.ts'
import { MARKER } from './raw-cases.ts'
import { bearerLine, type Exchange, get, partsOf, sendRaw, toldOf } from './raw-socket.ts'

const AUDIENCE = 'https://api.test/'
const issuer = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256'] })
const known = { issuer: { issuer: issuer.issuer, keys: staticJwks(issuer.jwks()) }, audience: AUDIENCE }

/** Puts a request to every door; no distinctive part of it may come back, and one status is everywhere. */
async function refusedWith(
  status: number,
  { all }: OpenDoors,
  fields: string,
  path = '/api/me',
): Promise<Exchange[]> {
  const secrets = [MARKER, 'X-Injected', ...partsOf(fields)].filter((part) => part !== 'Authorization')
  return Promise.all(
    all.map(async ({ name, port }) => {
      const exchange = await sendRaw(port, get(fields, { path }))
      expect([name, exchange.answers.map((answer) => answer.status)]).toEqual([name, [status]])
      expect([name, toldOf(secrets, exchange.text)]).toEqual([name, []])
      return exchange
    }),
  )
}

describe.each([
  ['refusals as Gatewarden writes them', 'write'],
  ["refusals as the framework's own error handler writes them", 'throw'],
] as const)('%s tell nothing of', (_, refusals) => {
  let doors: OpenDoors

  beforeAll(async () => {
    doors = await openDoors(createResourceServer({ ...known, refusals }))
  })

  afterAll(() => doors[Symbol.asyncDispose]())

  const put = async ({ fields, status, path }: LeakCase) => {
    await refusedWith(status, doors, await fields(issuer), path)
  }
  for (const [chapter, cases] of Object.entries(LEAKS)) {
    describe(chapter, () => {
      for (const leak of cases) it(leak.name, () => put(leak))
    })
  }
})

/** What an issuer may do to us, and the marker in it. */
const UPSTREAM: readonly (readonly [what: string, behaviours: Behaviours])[] = [
  ['keys that answer 500 with a page', { jwks: { status: 500, body: `<h1>${MARKER}</h1>` } }],
  [
    'keys that answer 500 with fields',
    { jwks: { status: 500, headers: { 'x-error': MARKER, 'retry-after': '7' } } },
  ],
  ['keys that are no JSON', { jwks: { body: `{"keys": ${MARKER}` } }],
  ['keys that are JSON of another shape', { jwks: { body: { [MARKER]: MARKER } } }],
  ['keys that lead elsewhere', { jwks: { redirectTo: `https://${MARKER}.test/keys?${MARKER}` } }],
  ['keys that are cut off', { jwks: { body: MARKER.repeat(100), cut: 50 } }],
  ['keys that reset the connection', { jwks: 'reset' }],
  ['metadata that answers 500', { discovery: { status: 500, body: MARKER } }],
  ['metadata of another issuer', { discovery: { metadata: { issuer: `https://${MARKER}.test/` } } }],
  [
    'metadata whose keys are elsewhere',
    { discovery: { metadata: { jwks_uri: `http://${MARKER}.test/keys` } } },
  ],
  [
    'metadata whose keys are at no address',
    { discovery: { metadata: { jwks_uri: `${MARKER}\r\n${MARKER}` } } },
  ],
]

describe('an issuer that fails tells callers nothing through us:', () => {
  /** Opens every door to an API of a listening issuer, and puts a sound token to each. */
  async function askThrough(behind: TestIssuer, server: ResourceServer): Promise<void> {
    await using doors = await openDoors(server)
    const token = await behind.accessToken({ subject: MARKER })
    for (const { answers } of await refusedWith(503, doors, bearerLine(token))) {
      expect(answers[0]?.head).toMatch(/^retry-after: 5$/im)
      expect(answers[0]?.head).not.toMatch(/^www-authenticate:/im)
      // A framework's own error handler may word the body, of what it has: a fixed sentence.
      expect(answers[0]?.head).not.toContain('127.0.0.1')
      expect(answers[0]?.body).not.toMatch(/127\.0\.0\.1|ECONN/)
    }
  }

  for (const [what, behaviours] of UPSTREAM) {
    it(`${what} are answered 503 (RFC 9110 §15.6.4)`, async () => {
      await using behind = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256'] })
      const address = await behind.listen()
      behind.behave(behaviours)
      await askThrough(behind, createResourceServer({ issuer: address, audience: AUDIENCE }))
      await askThrough(
        behind,
        createResourceServer({ issuer: address, audience: AUDIENCE, refusals: 'throw' }),
      )
    })
  }

  it('an issuer that refuses connections is answered 503 (RFC 9110 §15.6.4)', async () => {
    await using behind = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256'] })
    const address = await behind.listen()
    await behind.goDown()
    await askThrough(behind, createResourceServer({ issuer: address, audience: AUDIENCE }))
  })

  it('a key function that throws is answered 503 (RFC 9110 §15.6.4)', async () => {
    const keys = () => Promise.reject(new Error(`${MARKER}\r\nX-Injected: ${MARKER}`))
    await askThrough(
      issuer,
      createResourceServer({ issuer: { issuer: issuer.issuer, keys }, audience: AUDIENCE }),
    )
  })

  it('an issuer function that throws is answered 503 (RFC 9110 §15.6.4)', async () => {
    const tenants = () => Promise.reject(new Error(MARKER))
    await askThrough(issuer, createResourceServer({ issuer: tenants, audience: AUDIENCE }))
  })

  it('a set with a key of no use, whose members are strange, is answered 401 (RFC 7517 §5)', async () => {
    await using behind = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256'] })
    const address = await behind.listen()
    const [key] = behind.jwks().keys
    behind.behave({
      jwks: { body: { keys: [{ ...key, use: MARKER, alg: MARKER, x5u: MARKER, d: MARKER }] } },
    })
    const server = createResourceServer({ issuer: address, audience: AUDIENCE })
    await using doors = await openDoors(server)
    await server.ready().catch(() => undefined)
    const token = await behind.accessToken()
    const exchanges = await Promise.all(doors.all.map(({ port }) => sendRaw(port, get(bearerLine(token)))))
    for (const { text, answers } of exchanges) {
      expect([401, 503]).toContain(answers[0]?.status)
      expect(toldOf([MARKER, ...partsOf(token)], text)).toEqual([])
    }
  })
})
