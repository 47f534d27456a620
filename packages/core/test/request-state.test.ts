import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../src/errors.ts'
import { staticJwks } from '../src/keys/static.ts'
import { authorizeRequest, getAuth, setAuth } from '../src/request-state.ts'
import type { ResourceServer } from '../src/resource-server.ts'
import { createResourceServer } from '../src/resource-server.ts'
import { AUDIENCE } from './support.ts'

async function judged() {
  const issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
  const server: ResourceServer = createResourceServer({
    issuer: { issuer: issuer.issuer, keys: staticJwks(issuer.jwks()) },
    audience: AUDIENCE,
  })
  const request = {
    method: 'GET',
    url: '/',
    rawHeaders: ['authorization', `Bearer ${await issuer.accessToken()}`],
  }
  const decision = await server.authenticate(request)
  if (!decision.ok) throw decision.reason
  setAuth(request, server, decision.auth)
  return { server, request, auth: decision.auth }
}

describe('a request that was judged', () => {
  it('has its caller, and is held to guards by the server that judged it (ours)', async () => {
    const { request, auth } = await judged()
    expect(getAuth(request)).toBe(auth)
    expect(authorizeRequest(request, () => undefined)).toEqual({ ok: true, auth })
  })

  it.each([
    ['spread', (request: object) => ({ ...request })],
    ['assigned', (request: object) => Object.assign({}, request)],
    ['made after it', (request: object) => Object.create(request) as object],
  ])('is not its copy, %s: that one was judged by nobody (ours)', async (_, copy) => {
    const { request } = await judged()
    expect(() => getAuth(copy(request))).toThrow(UsageError)
  })

  it('forgets an earlier verdict for a later one (ours)', async () => {
    const { request, server } = await judged()
    setAuth(request, server, undefined)
    expect(() => getAuth(request)).toThrow(/without credentials/)
  })
})
