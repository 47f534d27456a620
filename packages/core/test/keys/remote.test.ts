import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createResourceServer, type Decision, type ResourceServer } from '../../src/resource-server.ts'
import { AUDIENCE, bearer, verdictOf } from '../support.ts'

let issuer: TestIssuer
let monotonic: number
beforeEach(async () => {
  monotonic = 0
  issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
  await issuer.listen()
})
afterEach(() => issuer.close())

function api(options: { jwksUri?: string; fetchDeadline?: number } = {}): ResourceServer {
  const { fetchDeadline = 5000, ...rest } = options
  return createResourceServer(
    { issuer: issuer.issuer, audience: AUDIENCE, ...rest },
    { monotonic: () => monotonic, fetchDeadline },
  )
}
const outcome = (decision: Decision) => verdictOf(decision)
const ask = async (server: ResourceServer, token?: string) =>
  outcome(await server.authenticate(bearer(token ?? (await issuer.accessToken()))))

const FAILURES: readonly (readonly [string, Parameters<TestIssuer['behave']>[0]])[] = [
  ['answers 500', { jwks: { status: 500 } }],
  ['answers 404', { jwks: { status: 404 } }],
  ['answers 401', { jwks: { status: 401 } }],
  ['answers 204', { jwks: { status: 204 } }],
  ['answers 206 with the key set', { jwks: { status: 206 } }],
  ['answers with text that is no JSON', { jwks: { body: '<html>' } }],
  ['answers with nothing', { jwks: { body: '' } }],
  ['answers null', { jwks: { body: 'null' } }],
  ['answers without keys', { jwks: { body: { keys: [] } } }],
  [
    'answers with keys none of which can be used',
    { jwks: { body: { keys: [null, { kty: 'oct', k: 'AA' }] } } },
  ],
  ['answers with keys that are no list', { jwks: { body: { keys: {} } } }],
  ['answers with more than 1 MiB', { jwks: { size: 1024 * 1024 + 1 } }],
  ['answers without end', { jwks: { size: Number.POSITIVE_INFINITY } }],
  ['resets the connection', { jwks: 'reset' }],
  ['has no metadata', { discovery: { status: 404 } }],
  ['has metadata of another issuer', { discovery: { metadata: { issuer: 'https://evil.test/' } } }],
  ['resets the connection for metadata', { discovery: 'reset' }],
]

describe('keys over HTTP', () => {
  it.each(FAILURES)(
    'answer 503 while the issuer %s, and admit once it recovers (ours)',
    async (_, behaviours) => {
      issuer.behave(behaviours)
      const server = api()
      expect(await ask(server)).toBe('503 keys_unavailable')
      issuer.restore()
      // A backoff may lie between two attempts; no rule makes it longer than 4 s while no keys are in hand.
      monotonic += 4001
      expect(await ask(server)).toBe('admitted')
    },
  )

  it("answer 503 with Retry-After and without a challenge: an outage is not the caller's fault (RFC 9110 §15.6.4)", async () => {
    issuer.behave({ jwks: { status: 500, body: 'secret upstream text' } })
    const decision = await api().authenticate(bearer(await issuer.accessToken()))
    if (decision.ok) throw new TypeError('admitted')
    expect(decision.refusal.headers).toEqual({ 'cache-control': 'no-store', 'retry-after': '5' })
    expect(JSON.stringify(decision.refusal)).not.toMatch(/upstream|127\.0\.0\.1|invalid_token/)
    expect(decision.reason.actual).toMatch(/jwks answered 500/)
  })

  it('answer 503 while the issuer is down, and admit when it is back (RFC 9110 §15.6.4)', async () => {
    await issuer.goDown()
    const server = api()
    expect(await ask(server)).toBe('503 keys_unavailable')
    await issuer.comeBack()
    monotonic += 4001
    expect(await ask(server)).toBe('admitted')
  })

  it('are fetched once for a hundred tokens that come together (ours)', async () => {
    const server = api()
    const tokens = await Promise.all(Array.from({ length: 100 }, () => issuer.accessToken()))
    const outcomes = await Promise.all(tokens.map((token) => ask(server, token)))
    expect(new Set(outcomes)).toEqual(new Set(['admitted']))
    expect([issuer.requests.discovery.length, issuer.requests.jwks.length]).toEqual([1, 1])
  })

  it('are fetched once for a hundred tokens that come together while the issuer fails (ours)', async () => {
    issuer.behave({ jwks: { status: 500 } })
    const server = api()
    const token = await issuer.accessToken()
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => ask(server, token)))
    expect(new Set(outcomes)).toEqual(new Set(['503 keys_unavailable']))
    expect(issuer.requests.jwks).toHaveLength(1)
  })

  it('are not fetched for a token that names another issuer or a forbidden algorithm (RFC 9068 §4, RFC 8725 §3.1)', async () => {
    const server = api()
    await server.ready()
    issuer.resetRequests()
    expect(await ask(server, await issuer.accessToken({ claims: { iss: 'https://evil.test/' } }))).toBe(
      '401 issuer_unknown',
    )
    expect(await ask(server, await issuer.unsigned())).toBe('401 algorithm_not_allowed')
    expect(await ask(server, 'opaque')).toBe('401 opaque_token')
    expect([issuer.requests.discovery.length, issuer.requests.jwks.length]).toEqual([0, 0])
  })

  it('are not looked for where the token points to: jku, x5u and jwk are never followed (RFC 8725 §3.10)', async () => {
    const stranger = await createTestIssuer({ issuer: 'https://stranger.test/', algorithms: ['ES256'] })
    const token = await issuer.accessToken({
      key: stranger.privateKey('ES256'),
      header: {
        jku: `${issuer.jwksUri}?evil`,
        x5u: `${issuer.jwksUri}?evil`,
        jwk: stranger.publicJwk('ES256'),
      },
    })
    expect(await ask(api(), token)).toBe('401 signature_invalid')
    expect(issuer.requests.jwks.map(({ url }) => url)).toEqual(['/jwks'])
  })

  it('are taken from jwksUri without discovery, where it is given (RFC 7517 §5)', async () => {
    expect(await ask(api({ jwksUri: issuer.jwksUri }))).toBe('admitted')
    expect([issuer.requests.discovery.length, issuer.requests.jwks.length]).toEqual([0, 1])
  })

  it.each(['jwks', 'discovery'] as const)(
    'are given up at the deadline when %s does not answer (ours)',
    async (endpoint) => {
      issuer.behave({ [endpoint]: 'hang' })
      expect(await ask(api({ fetchDeadline: 50 }))).toBe('503 keys_unavailable')
    },
  )

  it('are given up at the deadline when the answer comes byte by byte (ours)', async () => {
    issuer.behave({ jwks: { drip: { bytes: 1, everyMs: 20 } } })
    expect(await ask(api({ fetchDeadline: 100 }))).toBe('503 keys_unavailable')
  })

  it('are under one deadline with the metadata, not under one each (ours)', async () => {
    issuer.behave({ discovery: { delay: 120 }, jwks: { delay: 120 } })
    expect(await ask(api({ fetchDeadline: 180 }))).toBe('503 keys_unavailable')
  })

  it('may come with 1 MiB around them (ours)', async () => {
    issuer.behave({ jwks: { size: 1024 * 1024 } })
    expect(await ask(api())).toBe('admitted')
  })

  it.each(['jwks', 'discovery'] as const)(
    'are not taken from behind a redirect of %s (ours)',
    async (endpoint) => {
      const evil = await createTestIssuer({ issuer: 'https://evil.test/', algorithms: ['ES256'] })
      await evil.listen()
      try {
        const redirectTo =
          endpoint === 'jwks' ? evil.jwksUri : `${evil.issuer}/.well-known/openid-configuration`
        issuer.behave({ [endpoint]: { redirectTo } })
        expect(await ask(api())).toBe('503 keys_unavailable')
        expect([evil.requests.jwks.length, evil.requests.discovery.length]).toEqual([0, 0])
      } finally {
        await evil.close()
      }
    },
  )

  it('keep admitting for their time when the issuer goes down (ours)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    const token = await issuer.accessToken()
    await issuer.goDown()
    monotonic += 599_000
    expect(await ask(server, token)).toBe('admitted')
  })

  it('are fetched anew for a kid that is not among them, so that a rotation is seen (RFC 7517 §4.5)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    await issuer.rotateKeys()
    monotonic += 5000
    expect(await ask(server)).toBe('admitted')
    expect(issuer.requests.jwks).toHaveLength(2)
  })

  it('are fetched at once for the first unknown kid, however young the set is (RFC 7517 §4.5)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    await issuer.rotateKeys()
    expect(await ask(server)).toBe('admitted')
  })

  it('are not fetched for each of many unknown kids, and known ones pass meanwhile (CVE-2026-48524)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    const unknown = (kid: number) => issuer.accessToken({ header: { kid: `unknown-${kid}` } })
    const tokens = await Promise.all(Array.from({ length: 50 }, (_, kid) => unknown(kid)))
    for (const token of tokens) expect(await ask(server, token)).toBe('401 key_unknown')
    expect(issuer.requests.jwks.length).toBeLessThanOrEqual(2)
    monotonic += 5000
    issuer.resetRequests()
    await Promise.all(tokens.map(async (token) => expect(await ask(server, token)).toBe('401 key_unknown')))
    expect(issuer.requests.jwks).toHaveLength(1)
    expect(await ask(server)).toBe('admitted')
  })

  it('keep admitting when a refetch for an unknown kid fails (CVE-2026-48524)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    issuer.behave({ jwks: { status: 500 } })
    monotonic += 5000
    const unknown = await issuer.accessToken({ header: { kid: 'unknown' } })
    await ask(server, unknown)
    expect(await ask(server)).toBe('admitted')
  })

  it('answer 401 for an unknown kid when the refetch fails and the known set is fresh (ours)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    issuer.behave({ jwks: { status: 500 } })
    monotonic += 5000
    expect(await ask(server, await issuer.accessToken({ header: { kid: 'unknown' } }))).toBe(
      '401 key_unknown',
    )
  })

  it('of one issuer never verify the tokens of another, though their kids are the same (CVE-2025-59936)', async () => {
    const other = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
    await other.listen()
    try {
      const kid = issuer.kid('ES256')
      other.behave({ jwks: { body: { keys: [{ ...other.publicJwk('ES256'), kid }] } } })
      const server = createResourceServer({ issuer: [issuer.issuer, other.issuer], audience: AUDIENCE })
      const token = (iss: string) => other.accessToken({ header: { kid }, claims: { iss } })
      expect(await ask(server, await token(other.issuer))).toBe('admitted')
      expect(await ask(server, await token(issuer.issuer))).toBe('401 signature_invalid')
    } finally {
      await other.close()
    }
  })
})

describe('while the issuer fails (ARCHITECTURE, "Keys")', () => {
  it('valid tokens are admitted with known keys for up to an hour, and then answered 503 (ours)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    const token = await issuer.accessToken({ expiresIn: 100_000 })
    issuer.behave({ jwks: { status: 500 } })
    monotonic += 601_000
    expect(await ask(server, token)).toBe('admitted')
    monotonic += 3_600_000
    expect(await ask(server, token)).toBe('503 keys_unavailable')
  })

  it('an unknown kid is answered 503, not 401, once the known keys are stale (ours)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    issuer.behave({ jwks: { status: 500 } })
    monotonic += 601_000
    const unknown = await issuer.accessToken({ header: { kid: 'unknown' }, expiresIn: 100_000 })
    expect(await ask(server, unknown)).toBe('503 keys_unavailable')
  })

  it('valid tokens do not wait for an issuer that hangs, while the known keys may be served (ours)', async () => {
    const server = api({ fetchDeadline: 60_000 })
    expect(await ask(server)).toBe('admitted')
    const token = await issuer.accessToken({ expiresIn: 100_000 })
    issuer.behave({ jwks: 'hang', discovery: 'hang' })
    monotonic += 500_000
    expect(await ask(server, token)).toBe('admitted')
  }, 3000)

  it('requests that come one after another do not each make a fetch (ours)', async () => {
    issuer.behave({ jwks: { status: 500 } })
    const server = api()
    const token = await issuer.accessToken()
    for (let i = 0; i < 20; i++) expect(await ask(server, token)).toBe('503 keys_unavailable')
    expect(issuer.requests.jwks.length).toBeLessThanOrEqual(2)
  })

  it('unknown kids do not each make a fetch (RFC 8725 §3.10, CVE-2026-48524)', async () => {
    const server = api()
    expect(await ask(server)).toBe('admitted')
    issuer.behave({ jwks: { status: 500 } })
    issuer.resetRequests()
    monotonic += 5000
    for (let kid = 0; kid < 20; kid++)
      await ask(server, await issuer.accessToken({ header: { kid: `x${kid}` } }))
    expect(issuer.requests.jwks.length).toBeLessThanOrEqual(2)
  })
})

describe('at creation', () => {
  it('keys are fetched in the background, so that the first request may find them there (ours)', async () => {
    api()
    await issuer.received('jwks', 1)
    expect(issuer.requests.jwks).toHaveLength(1)
  })
})

describe('ready()', () => {
  it('resolves with the keys in hand, so that the first request waits for nothing (ours)', async () => {
    const server = api()
    await server.ready()
    await server.ready()
    expect(issuer.requests.jwks).toHaveLength(1)
    expect(await ask(server)).toBe('admitted')
    expect(issuer.requests.jwks).toHaveLength(1)
  })

  it('rejects with what is in the way (ours)', async () => {
    issuer.behave({ jwks: { status: 500 } })
    await expect(api().ready()).rejects.toThrow(/jwks answered 500/)
  })
})
