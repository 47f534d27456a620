import { createResourceServer, staticJwks } from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenDoor, type OpenDoors, openDoors } from './open-doors.ts'
import { BARE, MALFORMED, MARKER, NOT_HTTP, type RawCase, SEVERAL, SOUND } from './raw-cases.ts'
import { bearerLine, type Exchange, get, partsOf, sendRaw, toldOf, verdictOf } from './raw-socket.ts'

const AUDIENCE = 'https://api.test/'
const REALM = `Bearer realm="${AUDIENCE}"`
const MEGABYTE = 1024 * 1024

const issuer = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256'] })
const token = await issuer.accessToken({ subject: 'alice' })
const other = await issuer.accessToken({ subject: 'bob' })
const server = createResourceServer({
  issuer: { issuer: issuer.issuer, keys: staticJwks(issuer.jwks()) },
  audience: AUDIENCE,
})

let doors: OpenDoors
/** The same API where Node's parser was told to let malformed fields pass. */
let lenient: OpenDoors
/** The same API where Node lets fields of any size pass. */
let roomy: OpenDoors

beforeAll(async () => {
  doors = await openDoors(server)
  lenient = await openDoors(server, { http: { insecureHTTPParser: true } })
  roomy = await openDoors(server, { http: { maxHeaderSize: 4 * MEGABYTE } })
})

afterAll(async () => {
  for (const open of [doors, lenient, roomy]) await open[Symbol.asyncDispose]()
})

interface Outcome {
  readonly exchange: Exchange
  readonly seen: number
  readonly reached: number
}

const SECRETS = partsOf(`${token} ${other} ${MARKER}`)

/** Puts the same bytes to every door; nothing of the credentials in them may come back. */
function ask({ all }: OpenDoors, bytes: string): Promise<Outcome[]> {
  return Promise.all(
    all.map(async (door) => {
      const before = countsOf(door)
      const exchange = await sendRaw(door.port, bytes)
      expect([door.name, toldOf(SECRETS, exchange.text)]).toEqual([door.name, []])
      const after = countsOf(door)
      return { exchange, seen: after.seen - before.seen, reached: after.reached - before.reached }
    }),
  )
}

function countsOf({ seen, reached }: OpenDoor) {
  return { seen, reached }
}

/** What all doors agree on, and how many requests came how far. */
function agreed(outcomes: readonly Outcome[]) {
  const [first, ...others] = outcomes.map(({ exchange, seen, reached }) => ({
    answers: verdictOf(exchange),
    seen,
    reached,
  }))
  for (const outcome of others) expect(outcome).toEqual(first)
  return first
}

/** What a refusal of ours looks like, wherever it comes from. */
function refusal(status: number, error: string, description: string) {
  return {
    status,
    challenge: `${REALM}, error="${error}", error_description="${description}"`,
    caching: 'no-store',
    body: JSON.stringify({ error, error_description: description }),
  }
}

const NODE_400 = { status: 400, challenge: undefined, caching: undefined, body: '' }
const BARE_401 = { status: 401, challenge: REALM, caching: 'no-store', body: '' }
const MALFORMED_400 = refusal(400, 'invalid_request', 'The Authorization field is malformed')
const SEVERAL_400 = refusal(400, 'invalid_request', 'The request carries more than one set of credentials')

function judge(cases: readonly RawCase[], verdict: string, answer: object, seen: 0 | 1): void {
  for (const { what, section, fields } of cases) {
    it(`${what} is answered ${verdict} and reaches no handler (${section})`, async () => {
      const outcome = agreed(await ask(doors, get(fields(token))))
      expect(outcome).toEqual({ answers: [answer], seen, reached: 0 })
    })
  }
}

describe('behind every framework, byte for byte', () => {
  judge(NOT_HTTP, "400 by Node's own parser", NODE_400, 0)
  judge(MALFORMED, '400 invalid_request', MALFORMED_400, 1)
  judge(SEVERAL, '400 invalid_request', SEVERAL_400, 1)
  judge(BARE, '401 with a bare challenge', BARE_401, 1)

  for (const { what, section, fields } of SOUND) {
    it(`${what} is admitted as the caller it names (${section})`, async () => {
      const outcome = agreed(await ask(doors, get(fields(token))))
      const body = expect.stringContaining('"subject":"alice"')
      expect(outcome).toMatchObject({ answers: [{ status: 200, body }], reached: 1 })
    })
  }
})

describe("where Node's parser was told to be lenient (insecureHTTPParser)", () => {
  for (const { what, section, fields } of NOT_HTTP) {
    it(`${what} is answered once, never 5xx, and the same everywhere (${section})`, async () => {
      const outcome = agreed(await ask(lenient, get(fields(token))))
      expect(outcome?.answers.length).toBe(1)
      expect([200, 400, 401]).toContain(outcome?.answers[0]?.status)
    })
  }

  it.each([
    ['a NUL', '\0'],
    ['a vertical tab', '\v'],
    ['a backspace', '\b'],
    ['a DEL', '\x7f'],
    ['an obsolete line fold', '\r\n '],
    ['an obsolete line fold by a tab', '\r\n\t'],
  ])('%s inside the token is still answered 400 and reaches no handler (RFC 6750 §2.1)', async (_, bytes) => {
    const outcome = agreed(await ask(lenient, get(bearerLine(`${MARKER}${bytes}${token}`))))
    expect(outcome?.answers.map(({ status }) => status)).toEqual([400])
    expect(outcome?.reached).toBe(0)
  })
})

describe('fields of a megabyte', () => {
  const garbage = MARKER.repeat(MEGABYTE / MARKER.length)
  const tooLarge = refusal(401, 'invalid_token', 'The token is too large')

  it.each([
    ['a credential of a megabyte', bearerLine(garbage)],
    ['a field of a megabyte behind a sound token', `${bearerLine(token)}X-Note: ${garbage}\r\n`],
    ['a field of a megabyte before a sound token', `X-Note: ${garbage}\r\n${bearerLine(token)}`],
    ['a field name of a megabyte', `X-${garbage}: 1\r\n${bearerLine(token)}`],
    ['a hundred thousand small fields', `${bearerLine(token)}${'X-N: 123\r\n'.repeat(100_000)}`],
  ])("%s is answered 431 by Node's own parser and reaches no handler (RFC 6585 §5)", async (_, fields) => {
    const outcomes = await ask(doors, get(fields))
    const statuses = outcomes.map(({ exchange }) => exchange.answers.map(({ status }) => status).join())
    expect(statuses).toContain('431')
    // A reset may overtake an answer on its way; a connection closed without one is as good.
    expect(statuses.filter((status) => status !== '431' && status !== '')).toEqual([])
    expect(outcomes.map(({ seen, reached }) => seen + reached)).toEqual(outcomes.map(() => 0))
  })

  it('a credential of a megabyte is answered 401 where Node lets it pass (size limit)', async () => {
    const outcome = agreed(await ask(roomy, get(bearerLine(garbage))))
    expect(outcome).toEqual({ answers: [tooLarge], seen: 1, reached: 0 })
  })

  it.each([
    ['spaces behind the scheme', ' '.repeat(MEGABYTE)],
    ['equals signs in place of a token', `${MARKER}${'='.repeat(16_000)}.`],
    ['dots in place of a token', '.'.repeat(16_000)],
  ])('%s reach no handler and hold nobody up (size limit)', async (_, value) => {
    const outcome = agreed(await ask(roomy, get(bearerLine(value))))
    expect([400, 401]).toContain(outcome?.answers[0]?.status)
    expect(outcome?.reached).toBe(0)
  })

  it('a megabyte beside a sound token changes nothing where Node lets it pass (RFC 9110 §5.4)', async () => {
    const outcome = agreed(await ask(roomy, get(`X-Note: ${garbage}\r\n${bearerLine(token)}`)))
    expect(outcome).toMatchObject({ answers: [{ status: 200 }], reached: 1 })
  })

  it('a second field behind 1,500 others never changes who the caller is (RFC 6750 §2)', async () => {
    const between = 'a:\r\n'.repeat(1500)
    const fields = `${bearerLine(token)}${between}${bearerLine(other)}`
    for (const { exchange } of await ask(doors, get(fields))) {
      expect([200, 400, 431]).toContain(exchange.answers[0]?.status)
      expect(exchange.text).not.toContain('bob')
    }
  })
})
