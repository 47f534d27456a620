import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clockFinding } from '../src/doctor/connection.ts'
import { gatewarden } from './terminal.ts'

const AUDIENCE = 'https://api.test/'
let issuer: TestIssuer
beforeEach(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
  await issuer.listen()
})
afterEach(() => issuer.close())

const doctor = (...more: string[]) =>
  gatewarden(['doctor', '--issuer', issuer.issuer, '--audience', AUDIENCE, ...more])

/** Lets both answers of the issuer carry a `Date` so many seconds ago, and more fields. */
function behaveAsOf(secondsAgo: number, more: Readonly<Record<string, string>> = {}): void {
  const headers = { date: new Date(Date.now() - secondsAgo * 1000).toUTCString(), ...more }
  issuer.behave({ discovery: { headers }, jwks: { headers } })
}

describe('gatewarden doctor compares the clocks by the Date of the answers', () => {
  it('and finds a clock that is wrong, and exits 1', async () => {
    behaveAsOf(120)
    const { code, out } = await doctor()
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/✗ clocks +the issuer's clock is 2 minutes behind\n.*NTP/),
    ])
  })

  it.each(['1200', '1200, 3'])('and takes off the Age (%s) of an answer from a cache', async (age) => {
    behaveAsOf(1200, { age })
    expect(await doctor()).toMatchObject({ code: 0, out: expect.stringMatching(/✓ clocks/) })
  })

  it.each(['-1200', 'old', ''])('and takes no notice of an Age that is none (%j)', async (age) => {
    behaveAsOf(1200, { age })
    expect(await doctor()).toMatchObject({ code: 1, out: expect.stringMatching(/20 minutes behind/) })
  })

  it('and forgives what --clock-tolerance forgives', async () => {
    behaveAsOf(60)
    expect((await doctor()).code).toBe(1)
    expect(await doctor('--clock-tolerance', '90')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/✓ clocks .*behind, which is forgiven/),
    })
    behaveAsOf(4)
    expect((await doctor()).code).toBe(0)
    expect((await doctor('--clock-tolerance', '0')).code).toBe(1)
  })

  it.each([
    [undefined, /no Date/, true],
    [400, /agree to the second/, true],
    [-3000, /3 seconds behind, which is forgiven/, true],
    [90_000, /90 seconds ahead/, false],
  ])('and judges a difference of %s ms', (skew, detail, ok) => {
    expect(clockFinding(skew)).toMatchObject({ ok, detail: expect.stringMatching(detail) })
  })
})

describe('gatewarden doctor waits for an issuer no longer than an API does', () => {
  it('and finds metadata and key set that take more than 4 s together, and exits 1', async () => {
    issuer.behave({ discovery: { delay: 2200 }, jwks: { delay: 2200 } })
    const { code, out } = await doctor()
    expect(code).toBe(1)
    expect(out).toMatch(/✓ metadata/)
    expect(out).toMatch(/✗ key set .*no whole answer within the deadline/)
    expect(out).toMatch(/✗ time +more than the 4 s .*metadata and key set together\n.*503/)
  })

  it('and says in one line that nothing was answered in that time, and exits 2', async () => {
    issuer.behave({ discovery: 'hang' })
    expect(await doctor()).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^gatewarden: the issuer cannot be asked: .*the deadline \(4 s\)$/),
    })
    expect(issuer.requests.discovery).toHaveLength(1)
  })
})
