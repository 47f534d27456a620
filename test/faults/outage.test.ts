import { describe, expect, it } from 'vitest'
import { FAULTS, type Fault } from './faults.ts'
import { ask, decide, MINUTE, outcome, SECOND, Trial } from './trial.ts'

/** Answers once the issuer has the request, and, where it stays silent, the deadline has come. */
async function untilAnswered({ silent, attempt }: Fault, { issuer, clock }: Trial): Promise<void> {
  if (silent === undefined) return
  await issuer.received(attempt.jwks > 0 ? 'jwks' : 'discovery')
  clock.pass(4 * SECOND)
}

describe.each(FAULTS)('an issuer that $name, and an API without keys', (fault) => {
  it('answers 503 with Retry-After within four seconds, by one attempt for a hundred requests (RFC 9110 §15.6.4)', async () => {
    await using trial = await Trial.begin()
    const token = await trial.token()
    await fault.begin(trial.issuer)
    const server = trial.api()

    const deciding = Promise.all(Array.from({ length: 50 }, () => decide(server, token)))
    await untilAnswered(fault, trial)
    const decisions = await deciding
    // Answered at the deadline where the issuer is silent, and without any wait where it is not.
    expect(trial.clock.monotonic()).toBe(fault.silent ? 4 * SECOND : 0)
    expect(new Set(decisions.map(outcome))).toEqual(new Set(['503 keys_unavailable']))
    for (let i = 0; i < 50; i++) expect(await ask(server, token)).toBe('503 keys_unavailable')
    expect(trial.upstream).toEqual(fault.attempt)

    const decision = decisions[0]
    if (decision === undefined || decision.ok) throw new TypeError('admitted')
    expect(decision.refusal.headers).toEqual({ 'cache-control': 'no-store', 'retry-after': '5' })
    expect(decision.refusal.body?.error).toBe('temporarily_unavailable')
    expect(decision.reason.actual).toMatch(fault.says)
    expect(server.state()).toEqual([
      {
        issuer: trial.issuer.issuer,
        ready: false,
        keys: 0,
        age: undefined,
        stale: false,
        lastError: decision.reason.actual,
      },
    ])
    await expect(server.ready()).rejects.toThrow(fault.says)
  })

  it('heals by itself within five seconds of its return, though nobody asks (ARCHITECTURE, "Keys")', async () => {
    await using trial = await Trial.begin()
    await fault.begin(trial.issuer)
    const server = trial.api()
    await untilAnswered(fault, trial)
    await expect(server.ready()).rejects.toThrow()

    await trial.issuer.comeBack()
    trial.issuer.restore()
    const took = await trial.passUntil(() => server.state()[0]?.ready === true, MINUTE)
    // A silent issuer's last attempt may have begun just before, and the pause after it have grown.
    expect(took).toBeLessThanOrEqual(fault.heals ?? 500)
    expect(await ask(server, await trial.token())).toBe('admitted')
  })
})

describe.each(FAULTS)('an issuer that $name, and an API with keys', (fault) => {
  it('admits at once for an hour beyond their time, then answers 503, and heals (ARCHITECTURE, "Keys")', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    await server.ready()
    const token = await trial.token()
    const stranger = await trial.token({ kid: 'invented' })
    await fault.begin(trial.issuer)
    trial.issuer.resetRequests()

    for (let minute = 1; minute < 70; minute++) {
      trial.clock.pass(MINUTE)
      const before = trial.clock.monotonic()
      expect(await ask(server, token)).toBe('admitted')
      expect(trial.clock.monotonic()).toBe(before)
    }
    expect(server.state()[0]).toMatchObject({
      ready: true,
      stale: true,
      age: 69 * 60,
      lastError: expect.any(String),
    })
    // At most one attempt every 30 s.
    expect(trial.upstream.jwks + trial.upstream.discovery).toBeLessThanOrEqual(2 * 2 * 70)

    trial.clock.pass(MINUTE)
    const late = [ask(server, token), ask(server, stranger)]
    await new Promise(setImmediate)
    trial.clock.pass(4 * SECOND)
    expect(await Promise.all(late)).toEqual(['503 keys_unavailable', '503 keys_unavailable'])

    await trial.issuer.comeBack()
    trial.issuer.restore()
    const took = await trial.passUntil(() => server.state()[0]?.ready === true, MINUTE)
    expect(took).toBeLessThanOrEqual(5 * SECOND)
    expect([await ask(server, token), await ask(server, stranger)]).toEqual(['admitted', '401 key_unknown'])
  })
})
