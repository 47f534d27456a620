import { randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createResourceServer } from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { expect, it } from 'vitest'

const REQUESTS = 200_000
/** The caches are full long before. */
const SETTLED = 50_000
const MINUTES = 5 * 60_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Megabytes of the heap and of what hangs on it, garbage aside. */
function memory(): number {
  collectGarbage()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return (heapUsed + external + arrayBuffers) / 2 ** 20
}

it(
  `${REQUESTS} requests with tokens that are valid, expired, forged or garbage, no two alike, leave the heap flat (ours)`,
  async () => {
    await using issuer = await createTestIssuer({ algorithms: ['ES256'] })
    await issuer.listen()
    const server = createResourceServer({
      issuer: issuer.issuer,
      audience: issuer.audience,
      cache: { max: 5000 },
    })
    await server.ready()

    const kinds: readonly [status: number, mint: (i: number) => string | Promise<string>][] = [
      [200, (i) => issuer.accessToken({ claims: { sub: `user-${i}` } })],
      [401, (i) => issuer.expired({ claims: { sub: `user-${i}` } })],
      [401, (i) => issuer.tampered({ change: { sub: `user-${i}` } })],
      [401, (i) => issuer.accessToken({ header: { kid: `unknown-${i}` } })],
      [401, (i) => issuer.accessToken({ claims: { iss: `https://stranger-${i}.test/` } })],
      [401, () => randomBytes(600).toString('base64url')],
      [401, () => `${randomBytes(30).toString('base64url')}.${randomBytes(500).toString('base64url')}.AAAA`],
      [401, () => randomBytes(12_000).toString('base64url')],
    ]
    const told = new Map<number, number>()
    let settled = 0
    for (let i = 0; i < REQUESTS; i++) {
      const [status, mint] = kinds[i % kinds.length] as (typeof kinds)[number]
      const token = await mint(i)
      const decision = await server.decide({
        method: 'GET',
        query: '',
        header: (name) => (name === 'authorization' ? [`Bearer ${token}`] : []),
      })
      const answered = decision.ok ? 200 : decision.refusal.status
      if (answered !== status) throw new Error(`request ${i}: ${answered}, not ${status}`)
      told.set(answered, (told.get(answered) ?? 0) + 1)
      if (i === SETTLED) settled = memory()
    }
    const growth = memory() - settled
    process.stdout.write(
      `Soak: ${settled.toFixed(1)} MB after ${SETTLED} requests, ${growth >= 0 ? '+' : ''}${growth.toFixed(2)} MB after ${REQUESTS}\n`,
    )
    expect(told).toEqual(
      new Map([
        [200, REQUESTS / 8],
        [401, (REQUESTS * 7) / 8],
      ]),
    )
    expect(growth).toBeLessThan(5)
  },
  MINUTES,
)
