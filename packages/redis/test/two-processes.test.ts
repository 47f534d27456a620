import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { denyList } from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { redisStore } from '../src/index.ts'
import { hasRedis, startRedis } from './redis-server.ts'

const built = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)
const ioredis = JSON.stringify(createRequire(import.meta.url).resolve('ioredis'))

/** An API in a process of its own: is sent tokens, and answers each with its verdict. */
const PROGRAM = `
import { createResourceServer, denyList, staticJwks } from ${built('../../core/dist/index.js')}
import { redisStore } from ${built('../dist/index.js')}
import ioredis from ${ioredis}
const [port, issuer, audience, jwks] = JSON.parse(process.argv[1])
const client = new ioredis.Redis(port)
await new Promise((resolve) => client.once('ready', resolve))
const { isRevoked } = denyList({ store: redisStore(client) })
const server = createResourceServer({ issuer, audience, keys: staticJwks(jwks), isRevoked })
process.on('message', async (token) => {
  const header = (name) => (name === 'authorization' ? ['Bearer ' + token] : [])
  const decision = await server.authenticate({ method: 'GET', query: '', header })
  process.send(decision.ok ? 'admitted' : decision.reason.code)
})
process.on('disconnect', () => process.exit(0))
process.send('ready')
`

describe.skipIf(!hasRedis)('two processes with one Redis', () => {
  it('refuse a user from the first request after one of them is told (ours)', async () => {
    await using redis = await startRedis()
    const issuer = await createTestIssuer({ algorithms: ['ES256'] })
    const site = JSON.stringify([redis.port, issuer.issuer, issuer.audience, issuer.jwks()])
    const start = async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, site], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      onTestFinished(() => void child.kill())
      await once(child, 'message')
      return async (token: string): Promise<unknown> => {
        child.send(token)
        return (await once(child, 'message'))[0]
      }
    }
    const [one, other] = await Promise.all([start(), start()])
    const token = await issuer.accessToken()
    for (let i = 0; i < 3; i++)
      expect([await one(token), await other(token)]).toEqual(['admitted', 'admitted'])

    const client = new Redis(redis.port)
    await once(client, 'ready')
    await denyList({ store: redisStore(client) }).denySubject(issuer.issuer, issuer.subject)
    client.disconnect()
    expect([await one(token), await other(token)]).toEqual(['revoked', 'revoked'])
  })
})
