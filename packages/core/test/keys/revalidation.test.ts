import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { AUDIENCE, bearer } from '../support.ts'

let issuer: TestIssuer
let monotonic: number
let server: ResourceServer
beforeEach(async () => {
  monotonic = 0
  issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
  await issuer.listen()
  const options = { issuer: issuer.issuer, audience: AUDIENCE }
  server = createResourceServer(options, { monotonic: () => monotonic })
})
afterEach(() => issuer.close())

const ask = async (token?: string) =>
  (await server.authenticate(bearer(token ?? (await issuer.accessToken())))).ok

/** Lets a renewal in the background come back. */
const renewed = (times: number) => vi.waitFor(() => expect(issuer.requests.jwks).toHaveLength(times))

it('keys are renewed in the background before they grow stale, and nobody waits (ARCHITECTURE, "Keys")', async () => {
  expect(await ask()).toBe(true)
  issuer.behave({ jwks: 'hang' })
  monotonic = 8 * 60_000
  expect(await ask()).toBe(true)
  await renewed(2)
  expect(await ask()).toBe(true)
})

it('keys that did not change are confirmed by their ETag and not sent again (RFC 9110 §15.4.5)', async () => {
  expect(await ask()).toBe(true)
  monotonic = 9 * 60_000
  expect(await ask()).toBe(true)
  await renewed(2)
  expect(issuer.requests.jwks[1]?.headers['if-none-match']).toBeTruthy()
  // Confirmed: fresh for another ten minutes.
  await vi.waitFor(async () => {
    monotonic = 16 * 60_000
    await ask()
    expect(issuer.requests.jwks).toHaveLength(2)
  })
})

it('an answer that nothing changed counts only where that was asked (RFC 9110 §15.4.5)', async () => {
  issuer.behave({ jwks: { status: 304 } })
  expect(await server.authenticate(bearer(await issuer.accessToken()))).toMatchObject({
    refusal: { status: 503 },
    reason: { code: 'keys_unavailable' },
  })
})

it('keys are kept as long as Cache-Control says (RFC 9111 §5.2.2.1)', async () => {
  issuer.behave({ jwks: { headers: { 'cache-control': 'public, max-age=3600' } } })
  expect(await ask()).toBe(true)
  monotonic = 47 * 60_000
  expect(await ask()).toBe(true)
  expect(issuer.requests.jwks).toHaveLength(1)
})

it('a withdrawn key is refused after the next renewal (RFC 7517 §4.5)', async () => {
  const old = await issuer.accessToken()
  expect(await ask(old)).toBe(true)
  await issuer.rotateKeys()
  monotonic = 9 * 60_000
  await ask(old)
  await renewed(2)
  await vi.waitFor(async () => expect(await ask(old)).toBe(false))
})

it('a busy issuer is asked again when it wants to be, within four seconds while there are no keys (RFC 9110 §10.2.3)', async () => {
  issuer.behave({ jwks: { status: 429, headers: { 'retry-after': '3' } } })
  expect(await ask()).toBe(false)
  issuer.restore()
  monotonic = 2999
  expect(await ask()).toBe(false)
  monotonic = 3000
  expect(await ask()).toBe(true)
})

it('a jump of the wall clock neither expires nor revives keys (ARCHITECTURE, "Keys")', async () => {
  let now = Date.now()
  const jumping = createResourceServer(
    { issuer: issuer.issuer, audience: AUDIENCE },
    { monotonic: () => monotonic, now: () => now },
  )
  const token = await issuer.accessToken({ claims: { iat: undefined }, expiresIn: 10 * 86_400 })
  expect((await jumping.authenticate(bearer(token))).ok).toBe(true)
  await issuer.goDown()
  for (const days of [1, -1]) {
    now = Date.now() + days * 86_400_000
    expect((await jumping.authenticate(bearer(token))).ok).toBe(true)
  }
  monotonic = 71 * 60_000
  expect((await jumping.authenticate(bearer(token))).ok).toBe(false)
})
