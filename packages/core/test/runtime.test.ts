import { afterEach, describe, expect, it, vi } from 'vitest'
import { SYSTEM } from '../src/runtime.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('the clock that never jumps', () => {
  it('goes on where Date was made to stand still, so that keys grow old and pauses end (ours)', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const start = SYSTEM.monotonic()
    let now = start
    for (let reads = 0; reads < 10_000_000 && now === start; reads++) now = SYSTEM.monotonic()
    expect(now).toBeGreaterThan(start)
  })

  it.each([-3_600_000, 3_600_000])('does not follow Date where that is set by %s ms (ours)', (change) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const start = SYSTEM.monotonic()
    vi.setSystemTime(Date.now() + change)
    const later = SYSTEM.monotonic() - start
    expect(later).toBeGreaterThanOrEqual(0)
    expect(later).toBeLessThan(60_000)
  })
})
