import { createPublicKey } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { type AuthContext, createResourceServer, type JoseHeader, staticJwks } from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { DOORS } from '../contract/doors.ts'
import { type OpenDoor, openDoors } from './open-doors.ts'
import { bearerLine, get, partsOf, sendRaw, toldOf } from './raw-socket.ts'

const AUDIENCE = 'https://api.test/'
const REQUESTS = 10_000
const AT_A_TIME = 64

const issuer = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256'] })
const keys = staticJwks(issuer.jwks())

/** Whose request it is, and what must come back. */
interface User {
  readonly name: string
  readonly token: string
}

const users: readonly User[] = await Promise.all(
  Array.from({ length: 50 }, async (_, index) => {
    const name = `user-${index}`
    const token = await issuer.accessToken({
      subject: name,
      clientId: `client-${index}`,
      scope: [`scope:${index}`],
      header: { kid: `key-${index}` },
      claims: { exp: 4_000_000_000 + index },
    })
    return { name, token }
  }),
)

/** The answer that a user must get, from any framework. */
function answerFor(index: number) {
  return {
    subject: `user-${index}`,
    clientId: `client-${index}`,
    principal: 'unknown',
    scopes: [`scope:${index}`],
    permissions: [],
    roles: [],
    issuer: issuer.issuer,
    audience: [AUDIENCE],
    expiresAt: 4_000_000_000 + index,
  }
}
const ANSWERS = users.map((_, index) => JSON.stringify(answerFor(index)))

/** The status and the body of a GET; connections are kept and shared. */
function ask(agent: Agent, port: number, token: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const outgoing = request({ agent, host: '127.0.0.1', port, path: '/api/me', headers }, (response) => {
      let text = `${response.statusCode} `
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.once('end', () => resolve(text))
    })
    outgoing.once('error', reject)
    outgoing.end()
  })
}

/** The user of a request: neighbours are never the same, and every twentieth request is nobody's. */
function userOf(number: number): number | undefined {
  return number % 20 === 13 ? undefined : (number * 7 + Math.floor(number / 50)) % users.length
}

/** Puts all requests to a door, so many at a time, and answers those that got another's answer. */
async function strangers({ port }: OpenDoor): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME })
  const wrong: string[] = []
  let next = 0
  const work = async () => {
    while (next < REQUESTS) {
      const number = next++
      const user = userOf(number)
      const answer = await ask(agent, port, user === undefined ? undefined : users[user]?.token)
      const expected = user === undefined ? '401 ' : `200 ${ANSWERS[user]}`
      if (answer !== expected) wrong.push(`request ${number} of ${user ?? 'nobody'}: ${answer}`)
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  agent.destroy()
  return wrong
}

/** Holds the door of that name to all requests: every one answered, each with its own answer. */
async function interleave(name: string, server: ReturnType<typeof createResourceServer>): Promise<void> {
  await using doors = await openDoors(server)
  const door = doors.all.find((open) => open.name === name)
  if (door === undefined) throw new Error(`there is no door of the name ${name}`)
  expect((await strangers(door)).slice(0, 5)).toEqual([])
  expect(door.seen).toBe(REQUESTS)
  expect(door.reached).toBe(REQUESTS - REQUESTS / 20)
}

describe('10,000 interleaved requests of 50 users and of nobody are each answered with their own subject', () => {
  const publicKey = createPublicKey({ key: { ...issuer.publicJwk('ES256') }, format: 'jwk' })
  /** Keys come late, and later for some users than for others, so that verdicts overtake one another. */
  const late = async ({ kid = '' }: JoseHeader) => {
    for (let turns = Number(kid.slice('key-'.length)) % 4; turns >= 0; turns--) await turn()
    return publicKey
  }

  it.each(DOORS.map(({ name }) => name))(
    '%s, while verdicts overtake one another (AuthContext)',
    async (name) => {
      await interleave(
        name,
        createResourceServer({ issuer: { issuer: issuer.issuer, keys: late }, audience: AUDIENCE }),
      )
    },
    60_000,
  )
})

describe('what is known of a caller cannot be changed', () => {
  const server = createResourceServer({ issuer: { issuer: issuer.issuer, keys }, audience: AUDIENCE })
  const CLAIMS = `{"iss":"${issuer.issuer}","aud":["${AUDIENCE}"],"exp":4000000000,"iat":1,"sub":"alice","client_id":"portal","scope":"a b","address":{"city":"Bern","lines":[{"no":1}]},"groups":["staff"],"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}`
  const payload = JSON.parse(CLAIMS)

  type Change = readonly [what: string, change: (auth: Writable) => unknown]
  interface Writable {
    readonly claims: { readonly address: { readonly lines: object[] }; readonly groups: string[] }
    readonly header: object
    readonly scopes: string[]
    readonly audience: string[]
  }
  const CHANGES: readonly Change[] = [
    ['replaces a claim', ({ claims }) => Object.assign(claims, { sub: 'mallory' })],
    ['adds a claim', ({ claims }) => Object.assign(claims, { admin: true })],
    ['removes a claim', ({ claims }) => Reflect.deleteProperty(claims, 'sub') || refuse()],
    ['defines a claim', ({ claims }) => Object.defineProperty(claims, 'sub', { value: 'mallory' })],
    ['changes a claim within a claim', ({ claims }) => Object.assign(claims.address, { city: 'Oz' })],
    ['changes a claim deep within', ({ claims }) => Object.assign(claims.address.lines[0] ?? {}, { no: 2 })],
    ['adds to a list in the claims', ({ claims }) => claims.groups.push('admin')],
    ['empties a list deep in the claims', ({ claims }) => claims.address.lines.splice(0)],
    [
      'changes the claim __proto__',
      ({ claims }) => Object.assign(own(claims, '__proto__'), { admin: false }),
    ],
    ['gives the claims another prototype', ({ claims }) => Object.setPrototypeOf(claims, { admin: true })],
    ['replaces the claims', (auth) => Object.assign(auth, { claims: { sub: 'mallory' } })],
    ['replaces the subject', (auth) => Object.assign(auth, { subject: 'mallory' })],
    ['replaces the token', (auth) => Object.assign(auth, { token: 'mallory' })],
    ['adds a scope', ({ scopes }) => scopes.push('admin')],
    ['adds an audience', ({ audience }) => audience.push('urn:other')],
    ['changes the header', ({ header }) => Object.assign(header, { alg: 'none' })],
  ]

  function own(value: object, name: string): object {
    return Object.getOwnPropertyDescriptor(value, name)?.value
  }

  function refuse(): never {
    throw new TypeError('the member stays')
  }

  /** What stands behind `auth` and is not frozen, by its path. */
  function loose(value: unknown, path = 'auth'): string[] {
    if (typeof value !== 'object' || value === null) return []
    const within = Object.entries(value).flatMap(([name, member]) => loose(member, `${path}.${name}`))
    return Object.isFrozen(value) ? within : [path, ...within]
  }

  for (const [what, change] of CHANGES) {
    it(`code that ${what} throws, and the next request with the token sees the true ones (AuthContext)`, async () => {
      const token = await issuer.raw({ payload: CLAIMS })
      const seen: AuthContext[] = []
      let hostile = true
      const guard = (auth: AuthContext) => {
        seen.push(auth)
        if (hostile) expect(() => change(auth as unknown as Writable)).toThrow(TypeError)
        return undefined
      }
      await using doors = await openDoors(server, { guard })
      for (const { name, port } of doors.all) {
        for (hostile of [true, false]) {
          const { answers } = await sendRaw(port, get(bearerLine(token)))
          expect([name, answers[0]?.status]).toEqual([name, 200])
          expect(answers[0]?.body).toContain('"subject":"alice","clientId":"portal"')
        }
        const [first, second] = seen.splice(0)
        for (const auth of [first, second]) {
          expect(loose(auth)).toEqual([])
          expect(JSON.stringify(auth?.claims)).toBe(JSON.stringify(payload))
          expect(auth?.scopes).toEqual(['a', 'b'])
          expect(auth?.token).toBe(token)
        }
      }
      expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
    })
  }

  it('code that lets it throw is answered 500 without a word of the claims (ECMAScript §10.1.9)', async () => {
    const token = await issuer.raw({ payload: CLAIMS })
    const guard = (auth: AuthContext) => void Object.assign(auth.claims, { sub: 'mallory' })
    await using doors = await openDoors(server, { guard })
    for (const { name, port } of doors.all) {
      const { text, answers } = await sendRaw(port, get(bearerLine(token)))
      expect([name, answers.map(({ status }) => status)]).toEqual([name, [500]])
      expect([name, toldOf(['alice', 'mallory', 'Bern', ...partsOf(token)], text)]).toEqual([name, []])
    }
  })
})
