import { createPublicKey } from 'node:crypto'
import {
  allOf,
  anyOf,
  anyScope,
  authorize,
  claim,
  createResourceServer,
  fromJwksClient,
  presets,
  type ResourceServerOptions,
  requireJwt,
  roles,
  secret,
  staticJwks,
} from '@gatewarden/express'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import express, { type RequestHandler } from 'express'
import jwksRsa from 'jwks-rsa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serve } from '../support/serve.ts'
import { ask } from './answer.ts'

// What the option tables of docs/migration promise, as they write it.

const FORBIDDEN = '403, Bearer error="insufficient_scope", JSON'
const INVALID_TOKEN = '401, Bearer error="invalid_token", JSON'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await createTestIssuer({ algorithms: ['RS256', 'HS256'] })
  await issuer.listen()
})
afterAll(() => issuer.close())

/** What an API with these handlers answers; without `token` none is sent. */
async function answer(handlers: readonly RequestHandler[], token: string | undefined): Promise<string> {
  const app = express()
  app.get('/', ...handlers, (req, res) => res.json({ caller: req.auth?.subject ?? null }))
  await using api = await serve(app)
  return (await ask(api.url, token && `Bearer ${token}`)).summary
}

const guarded = (options: Partial<ResourceServerOptions> = {}) =>
  requireJwt({ issuer: issuer.issuer, audience: issuer.audience, ...options })

it('a shared secret is taken as text, or as a Buffer in base64url (ours)', async () => {
  const token = await issuer.accessToken({ algorithm: 'HS256' })
  const text = issuer.secret('HS256')
  const buffer = Buffer.from(text)
  const keys = secret(buffer.toString('base64url'), { encoding: 'base64url' })
  expect(await answer([guarded({ keys })], token)).toBe('200')
  expect(await answer([guarded({ keys: secret(text), algorithms: ['HS256'] })], token)).toBe('200')
})

it('a public key is taken as PEM, as a JWK, or from a jwks-rsa client (ours)', async () => {
  const token = await issuer.accessToken()
  const publicKey = createPublicKey(issuer.publicPem())
  const jwk = issuer.publicJwk()
  const client = jwksRsa({ jwksUri: issuer.jwksUri })
  for (const keys of [() => publicKey, staticJwks({ keys: [jwk] }), fromJwksClient(client)])
    expect(await answer([guarded({ keys })], token)).toBe('200')
})

it('a function says which issuer a tenant is (ours)', async () => {
  const tenants = (iss: string) => (iss === issuer.issuer ? { issuer: iss } : undefined)
  expect(await answer([guarded({ issuer: tenants })], await issuer.accessToken())).toBe('200')
})

it('an optional API takes no token, and refuses a bad one all the same (ours)', async () => {
  expect(await answer([guarded({ optional: true })], undefined)).toBe('200')
  expect(await answer([guarded({ optional: true })], await issuer.expired())).toBe(INVALID_TOKEN)
})

it('a claim or a client that may not is 403, a revoked token 401, a list that fails 503 (RFC 6750 §3.1)', async () => {
  const token = await issuer.accessToken({ scope: 'a', claims: { dept: 'er', groups: ['a', 'b'] } })
  const both = allOf(claim('groups', 'a'), claim('groups', 'b'))
  for (const guard of [
    claim('dept', 'er'),
    claim('sub', (sub) => sub === 'user-1'),
    both,
    anyScope('b', 'a'),
  ])
    expect(await answer([guarded(), authorize(guard)], token)).toBe('200')
  expect(await answer([guarded(), authorize(claim('dept', 'lab'))], token)).toBe(FORBIDDEN)
  expect(await answer([guarded({ clients: ['portal'] })], token)).toBe(FORBIDDEN)
  expect(await answer([guarded({ isRevoked: () => true })], token)).toBe(INVALID_TOKEN)
  const failing = () => Promise.reject(new Error('no store'))
  expect(await answer([guarded({ isRevoked: failing })], token)).toBe('503, no challenge, JSON')
})

it('one resource server serves several mounts, and says when its keys are there (ours)', async () => {
  const server = createResourceServer({ issuer: issuer.issuer, audience: issuer.audience })
  await server.ready()
  expect(await answer([requireJwt(server)], await issuer.accessToken())).toBe('200')
})

it('the preset of Okta takes a jwksUri beside it, clients, and groups as roles (ours)', async () => {
  const options = presets.okta({ domain: 'health.okta.test' })
  const claims = { iss: options.issuer, cid: 'portal', scp: ['a'], groups: ['a', 'b'] }
  const token = await issuer.accessToken({ claims })
  const okta = { ...options, jwksUri: issuer.jwksUri }
  const portal = guarded({ issuer: okta, clients: ['portal'] })
  expect(await answer([portal, authorize(roles('a', 'b'))], token)).toBe('200')
  expect(await answer([guarded({ issuer: okta, clients: ['other'] })], token)).toBe(FORBIDDEN)
})

it('pools of Cognito stand in a list, with groups as roles, and behind a load balancer (ours)', async () => {
  const pool = (userPoolId: string) =>
    presets.cognito({
      region: 'eu-central-1',
      userPoolId,
      clientIds: ['test-client'],
      keys: staticJwks(issuer.jwks()),
    })
  const iss = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_A'
  const claims = { iss, token_use: 'access', 'cognito:groups': ['b'] }
  const token = await issuer.accessToken({ omit: ['aud'], claims })
  const pools = [pool('eu-central-1_A'), pool('eu-central-1_B')]
  const eitherGroup = authorize(anyOf(roles('a'), roles('b')))
  expect(await answer([requireJwt({ issuer: pools }), eitherGroup], token)).toBe('200')

  const app = express().use(requireJwt({ issuer: pools, tokenHeader: 'x-amzn-oidc-accesstoken' }))
  app.get('/', (_req, res) => res.json({}))
  await using api = await serve(app)
  const behindBalancer = await fetch(api.url, { headers: { 'x-amzn-oidc-accesstoken': token } })
  expect(behindBalancer.status).toBe(200)
})
