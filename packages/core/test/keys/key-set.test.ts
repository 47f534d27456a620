import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeySetState } from '../../src/keys/key-set.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DOWN = new Error('down')

describe('a remote key set', () => {
  it('is empty until it is fetched, and serves nothing (ours)', () => {
    const state = new KeySetState<string>()
    expect([state.phase(0), state.value(0), state.last]).toEqual(['empty', undefined, undefined])
  })

  it('is fresh, due for renewal, stale and gone, in this order (ARCHITECTURE, "Keys")', () => {
    const state = new KeySetState<string>()
    state.fetched(0, 'keys')
    const phases = [0, 8 * MINUTE - 1, 8 * MINUTE, 10 * MINUTE - 1, 10 * MINUTE, 70 * MINUTE - 1, 70 * MINUTE]
    expect(phases.map((now) => state.phase(now))).toEqual([
      'fresh',
      'fresh',
      'due',
      'due',
      'stale',
      'stale',
      'empty',
    ])
    expect([state.value(70 * MINUTE - 1), state.value(70 * MINUTE), state.last]).toEqual([
      'keys',
      undefined,
      'keys',
    ])
  })

  it.each([
    ['nothing', undefined, 10 * MINUTE],
    ['0 s', 0, MINUTE],
    ['30 s', 30, MINUTE],
    ['5 min', 300, 5 * MINUTE],
    ['a day', 86_400, HOUR],
  ])(
    'stays fresh as long as the issuer says, between a minute and an hour: %s (RFC 9111 §5.2.2.1)',
    (_, maxAge, expected) => {
      const state = new KeySetState<string>()
      state.fetched(0, 'keys', maxAge)
      expect([state.phase(expected - 1), state.phase(expected)]).toEqual(['due', 'stale'])
    },
  )

  it('is asked for again after pauses that grow to 4 s while there are no keys (ARCHITECTURE, "Keys")', () => {
    const state = new KeySetState<string>()
    expect(pausesOf(state, 0, 6)).toEqual([500, 1000, 2000, 4000, 4000, 4000])
  })

  it('is asked for again after pauses that grow to 30 s while keys are in hand (ARCHITECTURE, "Keys")', () => {
    const state = new KeySetState<string>()
    state.fetched(0, 'keys')
    expect(pausesOf(state, 0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  })

  it('begins with a short pause again once a fetch went well (ARCHITECTURE, "Keys")', () => {
    const state = new KeySetState<string>()
    pausesOf(state, 0, 5)
    state.fetched(100_000, 'keys')
    expect(state.pause(100_000)).toBeUndefined()
    expect(pausesOf(state, 100_000, 1)).toEqual([500])
  })

  it("keeps the issuer's Retry-After within those bounds (RFC 9110 §10.2.3)", () => {
    const without = new KeySetState<string>()
    without.failed(0, DOWN, 3)
    expect([without.pause(2999)?.error, without.pause(3000)]).toEqual([DOWN, undefined])
    without.failed(3000, DOWN, 86_400)
    expect([without.pause(6999)?.error, without.pause(7000)]).toEqual([DOWN, undefined])
  })

  it('lets unknown key ids cause a fetch at once, and then one in five seconds (ARCHITECTURE, "Keys")', () => {
    const state = new KeySetState<string>()
    state.fetched(0, 'keys')
    const spent = [0, 0, 1, 4999, 5000, 5001, 9999, 10_000].map((now) => state.spendOnUnknownKid(now))
    expect(spent).toEqual([true, false, false, false, true, false, false, true])
  })

  it('lets no unknown key id ask an issuer that is in a pause (ARCHITECTURE, "Keys")', () => {
    const state = new KeySetState<string>()
    state.fetched(0, 'keys')
    state.failed(0, DOWN)
    expect([state.spendOnUnknownKid(499), state.spendOnUnknownKid(500)]).toEqual([false, true])
  })

  it('never serves what is older than its time and an hour, and never pauses for longer than 30 s (property)', () => {
    const step = fc.record({
      after: fc.nat({ max: 2 * HOUR }),
      does: fc.constantFrom('fetch', 'fail'),
      seconds: fc.option(fc.nat({ max: 100_000 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const state = new KeySetState<number>()
        let now = 0
        for (const { after, does, seconds } of steps) {
          now += after
          const served = state.value(now)
          if (served !== undefined) expect(now - served).toBeLessThan(2 * HOUR)
          if (does === 'fetch') state.fetched(now, now, seconds)
          else state.failed(now, DOWN, seconds)
          expect(state.pause(now + 30_000)).toBeUndefined()
        }
      }),
    )
  })
})

/** Lengths of the pauses after `times` failures, each of which comes as soon as the last pause is over. */
function pausesOf(state: KeySetState<string>, start: number, times: number): number[] {
  let now = start
  return Array.from({ length: times }, () => {
    state.failed(now, DOWN)
    let pause = 0
    while (state.pause(now + pause) !== undefined) pause += 500
    now += pause
    return pause
  })
}

describe('a remote key set whose issuer hangs', () => {
  it('counts the time of the attempt as pause, so that it heals within 5 s (ARCHITECTURE, "Keys")', () => {
    const state = new KeySetState<string>()
    for (let since = 0; since < 40_000; since += 4500) state.failed(since + 4000, DOWN, 0, since)
    const last = 40_500
    expect(state.untilNextFetch(last + 4000)).toBeLessThanOrEqual(500)
  })

  it('looks again the moment keys run out, for pauses are shorter from then on (ARCHITECTURE, "Keys")', () => {
    const state = new KeySetState<string>()
    state.fetched(0, 'keys')
    const end = 70 * MINUTE
    for (let i = 0; i < 8; i++) state.failed(end - 1000, DOWN)
    expect(state.untilNextFetch(end - 1000)).toBe(1000)
    expect(state.untilNextFetch(end)).toBe(3000)
  })

  it('was overslept only where its age is known and nothing failed (ours)', () => {
    const state = new KeySetState<string>()
    state.fetched(0, 'keys')
    expect([9, 11, 71].map((minutes) => state.overslept(minutes * MINUTE))).toEqual([false, true, false])
    state.failed(11 * MINUTE, DOWN)
    expect(state.overslept(12 * MINUTE)).toBe(false)
    const kept = new KeySetState<string>()
    kept.kept(0, 'keys')
    expect(kept.overslept(MINUTE)).toBe(false)
  })
})
