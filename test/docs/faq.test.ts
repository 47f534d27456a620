import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import express, { type Express } from 'express'
import request from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { blocksOf, ROOT } from './pages.ts'

const WORKSHOP = join(ROOT, 'test/.build/faq')
let issuer: TestIssuer
let app: Express

beforeAll(async () => {
  issuer = await createTestIssuer()
  await issuer.listen()
  // A run that was cut short leaves its files.
  rmSync(WORKSHOP, { recursive: true, force: true })
  mkdirSync(WORKSHOP, { recursive: true })
})
afterAll(async () => {
  rmSync(WORKSHOP, { recursive: true, force: true })
  await issuer.close()
})
beforeEach(() => {
  app = express()
})

/** Runs the block of docs/faq.md in which a text stands, with the names that blocks may presume. */
async function run(text: string): Promise<Record<string, unknown>> {
  const block = blocksOf('docs/faq.md').find(({ code }) => code.includes(text))
  if (block === undefined) throw new TypeError(`no block of docs/faq.md holds ${text}`)
  const file = join(WORKSHOP, `${block.line}-${Date.now()}.ts`)
  writeFileSync(file, block.code)
  Object.assign(globalThis, { app, issuer: issuer.issuer, audience: issuer.audience })
  return import(pathToFileURL(file).href)
}

describe('answers in docs/faq.md', () => {
  it('take a token from a cookie, where the request comes from the own origin (ours)', async () => {
    await run('req.headers.cookie')
    app.all('/', (_req, res) => res.json({}))
    const cookie = `a=b; token=${await issuer.accessToken()}`
    expect((await request(app).get('/').set('cookie', cookie)).status).toBe(200)
    expect((await request(app).get('/')).status).toBe(401)
    expect((await request(app).post('/').set('cookie', cookie)).status).toBe(401)
    const origin = 'https://app.example.com'
    expect((await request(app).post('/').set({ cookie, origin })).status).toBe(200)
    const both = { cookie, authorization: `Bearer ${await issuer.accessToken()}` }
    expect((await request(app).get('/').set(both)).status).toBe(400)
  })

  it('answer in an error format of their own, with the challenge (RFC 6750 §3)', async () => {
    await run("refusals: 'throw'")
    const { status, headers, body } = await request(app)
      .get('/')
      .auth(await issuer.expired(), { type: 'bearer' })
    expect({ status, body }).toEqual({ status: 401, body: { problem: 'The token is expired' } })
    expect(headers['www-authenticate']).toContain('error="invalid_token"')
  })

  it('protect a function behind an HTTP gateway (ours)', async () => {
    const { handler } = await run('rawQueryString')
    if (typeof handler !== 'function') throw new TypeError('the block exports no handler')
    const call = (headers: object) =>
      handler({ headers, rawQueryString: '', requestContext: { http: { method: 'GET' } } })
    const authorization = `Bearer ${await issuer.accessToken()}`
    expect(await call({ authorization })).toMatchObject({ statusCode: 200 })
    expect(await call({})).toMatchObject({ statusCode: 401 })
    // The gateway joins fields that were sent twice.
    expect(await call({ authorization: `${authorization},${authorization}` })).toMatchObject({
      statusCode: 400,
    })
  })

  it('let anonymous callers through, and refuse bad tokens all the same (ours)', async () => {
    await run("'stranger'")
    expect((await request(app).get('/feed')).body).toEqual({ hello: 'stranger' })
    const bad = await request(app)
      .get('/feed')
      .auth(await issuer.expired(), { type: 'bearer' })
    expect(bad.status).toBe(401)
    expect((await request(app).get('/feed').set('authorization', '')).status).not.toBe(200)
  })
})
