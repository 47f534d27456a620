import { once } from 'node:events'
import { createLogoutReceiver, createResourceServer, denyList, staticJwks } from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { redisStore } from '../src/index.ts'
import { hasRedis, startRedis } from './redis-server.ts'

const issuer = await createTestIssuer({ algorithms: ['ES256'] })

/** One of several APIs that know each other by a Redis only. */
async function api(port: number) {
  const client = new Redis(port)
  client.on('error', () => undefined)
  onTestFinished(() => client.disconnect())
  await once(client, 'ready')
  const list = denyList({ store: redisStore(client) })
  const server = createResourceServer({
    issuer: issuer.issuer,
    audience: issuer.audience,
    keys: staticJwks(issuer.jwks()),
    isRevoked: list.isRevoked,
  })
  const receiver = createLogoutReceiver({
    resourceServer: server,
    denyList: list,
    clientIds: issuer.clientId,
  })
  return {
    async ask(token: string) {
      const header = (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : [])
      const decision = await server.authenticate({ method: 'GET', query: '', header })
      return decision.ok ? 'admitted' : decision.reason.code
    },
    async logOut(token: string) {
      const outcome = await receiver.receiveForm(`logout_token=${token}`)
      return outcome.ok ? 'logged out' : outcome.reason.code
    },
  }
}

describe.skipIf(!hasRedis)('a logout that one of two APIs with one Redis is told', () => {
  it('ends tokens at the other from the next request on, and is known there (Back-Channel Logout §2.6 step 8)', async () => {
    await using redis = await startRedis()
    const [one, other] = await Promise.all([api(redis.port), api(redis.port)])
    const token = await issuer.accessToken({ claims: { sid: 's1' } })
    expect(await other.ask(token)).toBe('admitted')
    const logout = await issuer.logoutToken({ claims: { sid: 's1' } })
    expect(await one.logOut(logout)).toBe('logged out')
    expect(await other.ask(token)).toBe('revoked')
    expect(await other.logOut(logout)).toBe('logout_replayed')
  })

  it('takes effect once, however often it is sent at once (ours)', async () => {
    await using redis = await startRedis()
    const [one, other] = await Promise.all([api(redis.port), api(redis.port)])
    const logout = await issuer.logoutToken()
    const sent = [...Array(20).keys()].map((n) => (n % 2 === 0 ? one : other).logOut(logout))
    expect((await Promise.all(sent)).filter((outcome) => outcome === 'logged out')).toHaveLength(1)
  })

  it('is not taken for carried out while Redis is gone, and is when it is sent again (ADR 0004)', async () => {
    await using redis = await startRedis()
    const one = await api(redis.port)
    const logout = await issuer.logoutToken({ claims: { sid: 's1' } })
    await redis.kill()
    expect(await one.logOut(logout)).toBe('logout_unavailable')
    await redis.start()
    const again = await api(redis.port)
    expect(await again.logOut(logout)).toBe('logged out')
    expect(await again.ask(await issuer.accessToken({ claims: { sid: 's1' } }))).toBe('revoked')
  })
})
