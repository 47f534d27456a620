import { createResourceServer } from '@gatewarden/core'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { bearer, serve } from '../support/serve.ts'
import { ROUTES } from './door.ts'
import { DOORS } from './doors.ts'

let issuer: TestIssuer
const stray: unknown[] = []
const note = (error: unknown) => stray.push(error)

beforeAll(async () => {
  issuer = await createTestIssuer()
  await issuer.listen()
})
afterAll(() => issuer.close())
beforeEach(() => {
  stray.length = 0
  process.on('unhandledRejection', note)
})
afterEach(() => {
  process.off('unhandledRejection', note)
  issuer.restore()
})

describe.each(DOORS)('$name', (door) => {
  it.each([
    ['admitted', () => issuer.accessToken()],
    ['refused', () => issuer.expired()],
  ])(
    'writes nothing to a caller who hung up while keys were fetched, would it have been %s, and serves the next (Gatewarden)',
    async (_, mint) => {
      const [asked, verdict] = [vi.fn(), vi.fn()]
      issuer.behave({ jwks: 'hang' })
      issuer.resetRequests()
      const server = createResourceServer({ issuer: issuer.issuer, audience: issuer.audience })
      const judge: typeof server.authenticate = (request) => {
        asked()
        return server.authenticate(request).finally(verdict)
      }
      const watched = { ...server, decide: judge, authenticate: judge }
      await using api = await serve(await door.mount(watched, ROUTES))
      const caller = new AbortController()
      const request = fetch(`${api.url}/api/me`, { ...bearer(await mint()), signal: caller.signal })
      await issuer.received('jwks')
      await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce())
      caller.abort()
      await expect(request).rejects.toThrow()
      issuer.restore()
      await vi.waitFor(() => expect(verdict).toHaveBeenCalledOnce())
      const next = await fetch(`${api.url}/api/me`, bearer(await issuer.accessToken()))
      expect(next.status).toBe(200)
      expect(stray).toEqual([])
    },
  )
})
