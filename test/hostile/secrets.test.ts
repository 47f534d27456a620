import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { format, inspect } from 'node:util'
import {
  type AuthContext,
  createResourceServer,
  explanationText,
  type Reason,
  RefusalError,
  secret,
  staticJwks,
} from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { openDoors } from './open-doors.ts'
import { bearerLine, get, partsOf, sendRaw, toldOf } from './raw-socket.ts'

const AUDIENCE = 'https://api.test/'
const SECRET = 'Zq7s3cretKx9wVt-that-is-longer-than-any-hash-needs-to-be'
const SECRETS = [SECRET, Buffer.from(SECRET).toString('base64url'), Buffer.from(SECRET).toString('hex')]

const issuer = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256', 'HS256'] })
const server = createResourceServer({
  issuer: { issuer: issuer.issuer, keys: staticJwks(issuer.jwks()) },
  audience: AUDIENCE,
})
const symmetric = createResourceServer({
  issuer: { issuer: issuer.issuer, keys: secret(SECRET) },
  audience: AUDIENCE,
})
const signed = (options = {}) => issuer.accessToken({ algorithm: 'HS256', key: SECRET, ...options })

/** All that a program may print of a value without asking it for its token. */
function printed(value: unknown): string {
  return [
    String(value),
    JSON.stringify(value),
    inspect(value),
    inspect(value, { depth: null, showHidden: true }),
    inspect(value, { depth: null, getters: true, customInspect: false }),
    format('%s %o %O %j', value, value, value, value),
    ...(value instanceof Error ? [value.stack, value.message, printed(value.cause)] : []),
  ].join('\n')
}

/** Parts of a token that are nobody's but its holder's: the whole of it, and its signature. */
function secretsOf(token: string): string[] {
  const parts = token.split('.')
  const signature = parts.length === 3 ? parts[2] : undefined
  return [token, signature ?? token].filter((part) => part.length > 12)
}

type Sent = readonly [what: string, fields: (token: string) => string, mint: () => Promise<string>]
const inField = (token: string) => bearerLine(token)
const sound = () => issuer.accessToken()

const REFUSED: readonly Sent[] = [
  ['an expired token', inField, () => issuer.expired()],
  ['a token from the future', inField, () => issuer.notYetValid()],
  ['a changed token', inField, () => issuer.tampered()],
  ['a forged token', inField, () => issuer.signedByStranger()],
  ['an unsigned token', inField, () => issuer.unsigned()],
  ['a token under a secret', inField, () => signed()],
  [
    'a token of another issuer',
    inField,
    () => issuer.accessToken({ claims: { iss: 'https://other.test/' } }),
  ],
  ['a token for another API', inField, () => issuer.accessToken({ audience: 'urn:other' })],
  ['a token with an unknown kid', inField, () => issuer.accessToken({ header: { kid: 'unknown' } })],
  ['a token with a critical extension', inField, () => issuer.accessToken({ header: { crit: ['x'] } })],
  ['a bound token', inField, () => issuer.accessToken({ claims: { cnf: { jkt: 'x' } } })],
  ['an ID token', inField, () => issuer.idToken()],
  ['a refresh token', inField, () => issuer.refreshToken()],
  ['a logout token', inField, () => issuer.logoutToken()],
  ['an opaque token', inField, () => issuer.opaque()],
  ['an encrypted token', inField, () => issuer.encrypted()],
  ['a token cut off', inField, async () => (await sound()).slice(0, -7)],
  ['a token with padding', inField, async () => `${await sound()}==`],
  ['a token without its scheme', (token) => `Authorization: ${token}\r\n`, sound],
  ['a token that runs into its scheme', (token) => `Authorization: Bearer${token}\r\n`, sound],
  ['a token of the DPoP scheme', (token) => `Authorization: DPoP ${token}\r\n`, sound],
  ['a token of a foreign scheme', (token) => `Authorization: Token ${token}\r\n`, sound],
  ['a token in quotes', (token) => `Authorization: Bearer "${token}"\r\n`, sound],
  ['a token as a parameter', (token) => `Authorization: Bearer token=${token}\r\n`, sound],
  ['a token before a second word', (token) => `Authorization: Bearer ${token} x\r\n`, sound],
  ['two tokens with a comma', (token) => `Authorization: Bearer ${token},${token}\r\n`, sound],
  ['two fields', (token) => `${bearerLine(token)}${bearerLine(token)}`, sound],
]

describe('what the operator is told of a refusal holds neither token nor signature nor secret:', () => {
  for (const [what, fields, mint] of REFUSED) {
    it(`${what}, behind every framework (onRefusal)`, async () => {
      const token = await mint()
      const reasons: Reason[] = []
      const told = createResourceServer({
        issuer: { issuer: issuer.issuer, keys: staticJwks(issuer.jwks()) },
        audience: AUDIENCE,
        onRefusal: (reason) => reasons.push(reason),
      })
      await using doors = await openDoors(told)
      await Promise.all(doors.all.map(({ port }) => sendRaw(port, get(fields(token)))))
      expect(reasons.length).toBe(doors.all.length)
      const secrets = [...secretsOf(token), issuer.secret('HS256'), ...SECRETS]
      for (const reason of reasons) expect(toldOf(secrets, printed(reason))).toEqual([])
      expect(new Set(reasons.map(String)).size).toBe(1)
    })
  }

  it('nor does the error that the application is handed (refusals)', async () => {
    const throwing = createResourceServer({
      issuer: { issuer: issuer.issuer, keys: secret(SECRET) },
      audience: AUDIENCE,
      refusals: 'throw',
    })
    const token = await signed({ expiresIn: -3600 })
    const decision = await throwing.authenticate({
      method: 'GET',
      url: '/',
      rawHeaders: ['Authorization', `Bearer ${token}`],
    })
    const error = decision.ok ? undefined : decision.error
    expect(error).toBeInstanceOf(RefusalError)
    expect(toldOf([...secretsOf(token), ...SECRETS], `${printed(error)}${printed(decision)}`)).toEqual([])
  })

  it('nor does an explanation, which others may read (explain)', async () => {
    for (const mint of [() => issuer.accessToken(), () => issuer.tampered(), () => signed()]) {
      const token = await mint()
      for (const api of [server, symmetric]) {
        const explanation = await api.explain(token)
        const text = `${printed(explanation)}${explanationText(explanation)}`
        expect(toldOf([...secretsOf(token), ...SECRETS], text)).toEqual([])
      }
    }
  })

  it('nor do the channels that tell of keys (node:diagnostics_channel)', async () => {
    await using remote = await createTestIssuer({ audience: AUDIENCE, algorithms: ['ES256'] })
    const address = await remote.listen()
    const heard: string[] = []
    const names = ['fetch', 'refresh', 'rotation', 'stale', 'unknown-kid', 'throttled']
    const listen = (message: unknown) => void heard.push(printed(message))
    for (const name of names) subscribe(`gatewarden:keys:${name}`, listen)
    const token = await remote.accessToken({ header: { kid: 'unknown' } })
    const api = createResourceServer({ issuer: address, audience: AUDIENCE })
    await api.ready()
    await api.authenticate({ method: 'GET', url: '/', rawHeaders: ['Authorization', `Bearer ${token}`] })
    for (const name of names) unsubscribe(`gatewarden:keys:${name}`, listen)
    expect(heard.join('\n')).toContain('unknown')
    expect(toldOf(secretsOf(token), heard.join('\n'))).toEqual([])
  })

  it('nor do the parts that an API is made of, nor the errors of wrong options (secret)', () => {
    const parts = [secret(SECRET), symmetric, symmetric.state()]
    for (const part of parts) expect(toldOf(SECRETS, printed(part))).toEqual([])
    const short = 'Zq7tooShort'
    const wrong = [
      () =>
        createResourceServer({ issuer: { issuer: 'https://a.test', keys: secret(short) }, audience: 'a' }),
      () => secret(`-----BEGIN PUBLIC KEY-----${short}`),
      () => secret(`${short} !`, { encoding: 'base64url' }),
    ]
    for (const make of wrong) expect(toldOf([short], printed(thrownBy(make)))).toEqual([])
  })

  it('nor does the error for a private key where a public one belongs (RFC 7517 §9.2)', () => {
    const jwk = issuer.privateKey('ES256').export({ format: 'jwk' })
    const { d } = jwk
    expect(typeof d).toBe('string')
    const keys = { keys: [{ ...jwk, kid: 'k', alg: 'ES256' }] }
    const set = () =>
      createResourceServer({ issuer: { issuer: 'https://a.test', keys: staticJwks(keys) }, audience: 'a' })
    expect(toldOf([`${d}`], printed(thrownBy(set)))).toEqual([])
  })
})

function thrownBy(make: () => unknown): unknown {
  try {
    return make()
  } catch (error) {
    return error
  }
}

describe('what a program prints of a caller holds neither the token nor its signature:', () => {
  /** What the code behind every framework is given for a token. */
  async function callers(token: string): Promise<readonly AuthContext[]> {
    const seen: AuthContext[] = []
    const guard = (auth: AuthContext) => void seen.push(auth)
    await using doors = await openDoors(server, { guard })
    const exchanges = await Promise.all(doors.all.map(({ port }) => sendRaw(port, get(bearerLine(token)))))
    for (const { answers } of exchanges) expect(answers.map(({ status }) => status)).toEqual([200])
    expect(seen.length).toBe(doors.all.length)
    return seen
  }

  it('printed, serialized, spread, cloned and walked, behind every framework (AuthContext)', async () => {
    const token = await issuer.accessToken({ claims: { deep: { list: [{ a: 1 }] } } })
    for (const auth of await callers(token)) {
      const copies = [auth, { ...auth }, structuredClone(auth), [auth], { auth }, Object.entries(auth)]
      for (const copy of copies) expect(toldOf(secretsOf(token), printed(copy))).toEqual([])
      expect(Object.keys(auth)).not.toContain('token')
      expect(auth.token).toBe(token)
    }
  })

  it('printed with hidden members and the values of getters, where a debugger asks for both (AuthContext)', async () => {
    const token = await issuer.accessToken()
    for (const auth of await callers(token)) {
      const text = inspect(auth, { showHidden: true, getters: true, depth: null })
      expect(toldOf(secretsOf(token), text)).toEqual([])
    }
  })

  it('no part of a token is in an answer to its own holder either (RFC 6750 §5)', async () => {
    const token = await issuer.accessToken()
    await using doors = await openDoors(server)
    for (const { port } of doors.all) {
      const { text } = await sendRaw(port, get(bearerLine(token)))
      expect(toldOf(partsOf(token), text)).toEqual([])
    }
  })
})
