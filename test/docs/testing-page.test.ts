import { clientSecretBasic, noKeys, requireJwt, requireScopes } from '@gatewarden/express'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import express, { type Express } from 'express'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let issuer: TestIssuer
let api: Express

/** Your API: a function of its options, so that a test can hand it another issuer. */
function createApi(options: Parameters<typeof requireJwt>[0]): Express {
  const app = express().use(requireJwt(options))
  app.get('/patients', requireScopes('read:patients'), (_req, res) => res.json([]))
  return app
}

beforeAll(async () => {
  issuer = await createTestIssuer({ audience: 'https://example.com/health-api' })
  await issuer.listen()
  api = createApi({ issuer: issuer.issuer, audience: issuer.audience })
})
afterAll(() => issuer.close())

const status = async (token: string, app = api): Promise<number> =>
  (await request(app).get('/patients').auth(token, { type: 'bearer' })).status

describe('GET /patients', () => {
  it('is for tokens with read:patients', async () => {
    expect(await status(await issuer.accessToken({ scope: 'read:patients' }))).toBe(200)
    expect(await status(await issuer.accessToken({ scope: 'write:patients' }))).toBe(403)
  })

  it('is for nobody else', async () => {
    expect((await request(api).get('/patients')).status).toBe(401)
    expect(await status(await issuer.expired())).toBe(401)
    expect(await status(await issuer.tampered())).toBe(401)
    expect(await status(await issuer.idToken({ audience: issuer.audience }))).toBe(401)
    expect(await status(await issuer.accessToken({ audience: 'https://example.com/other-api' }))).toBe(401)
  })

  it('goes on while the issuer is down, for tokens of keys that are known', async () => {
    const token = await issuer.accessToken({ scope: 'read:patients' })
    expect(await status(token)).toBe(200)
    await issuer.goDown()
    expect(await status(token)).toBe(200)
    const fresh = createApi({ issuer: issuer.issuer, audience: issuer.audience })
    expect(await status(token, fresh)).toBe(503)
    await issuer.comeBack()
  })

  it('takes opaque tokens until they are revoked', async () => {
    const opaque = createApi({
      issuer: {
        issuer: issuer.issuer,
        keys: noKeys(),
        introspection: { clientAuth: clientSecretBasic('health-api', 'secret'), cache: false },
      },
      audience: issuer.audience,
    })
    const token = await issuer.opaqueToken({ scope: 'read:patients' })
    expect(await status(token, opaque)).toBe(200)
    issuer.revoke(token)
    expect(await status(token, opaque)).toBe(401)
  })
})
