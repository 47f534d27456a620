import { requireJwt } from '@gatewarden/express'
import { createTestIssuer } from '@gatewarden/testing'
import express from 'express'
import request from 'supertest'
import { expect, it } from 'vitest'

it('admits access tokens for this API, and nothing else', async () => {
  await using issuer = await createTestIssuer()
  await issuer.listen()
  const api = express().use(requireJwt({ issuer: issuer.issuer, audience: issuer.audience }))
  api.get('/', (_req, res) => res.json({ ok: true }))

  const status = async (token: string) => (await request(api).get('/').auth(token, { type: 'bearer' })).status
  expect(await status(await issuer.accessToken({ scope: 'read:patients' }))).toBe(200)
  expect(await status(await issuer.idToken({ audience: issuer.audience }))).toBe(401)
  expect(await status(await issuer.signedByStranger())).toBe(401)
})
