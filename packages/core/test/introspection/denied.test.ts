import { beforeEach, describe, expect, it } from 'vitest'
import { type DenyList, denyList } from '../../src/revocation/deny-list.ts'
import { memoryStore } from '../../src/stores/memory-store.ts'
import type { AuthContext } from '../../src/token/context.ts'
import { AUDIENCE, bearer, outcome } from '../support.ts'
import { introspecting } from './api.ts'

const world = introspecting()
let list: DenyList
beforeEach(() => {
  const { issuer, clock } = world
  clock.pass(1)
  list = denyList({ store: memoryStore({}, clock.monotonic), now: clock.now })
  issuer.behave({ introspection: { body: { active: true, aud: AUDIENCE, sub: 'user-1' } } })
})
const api = () => world.api({}, { isRevoked: list.isRevoked })

describe('an opaque token on a deny list', () => {
  it.each([
    ['two dots (PASETO)', 'v4.local.aaaa', 'v4.local.bbbb'],
    ['four dots', 'a.b.c.d.e', 'a.b.c.d.f'],
  ])('is denied alone where it has %s, by its text or as it was admitted (ours)', async (_, token, other) => {
    const server = api()
    await list.denyToken(token)
    expect([await outcome(server, token), await outcome(server, other)]).toEqual(['401 revoked', 'admitted'])
    await list.denyToken(await admitted(other))
    expect(await outcome(server, other)).toBe('401 revoked')
  })

  it('stays denied though its issuer names no end, or another each time (ours)', async () => {
    const server = api()
    await list.denyToken(await admitted('endless'))
    for (const minutes of [1, 60, 12 * 60]) {
      world.clock.pass(minutes * 60_000)
      expect(await outcome(server, 'endless')).toBe('401 revoked')
    }
  })
})

async function admitted(token: string): Promise<AuthContext> {
  const decision = await api().authenticate(bearer(token))
  if (decision.ok && decision.auth !== undefined) return decision.auth
  throw new TypeError('the token was refused')
}
