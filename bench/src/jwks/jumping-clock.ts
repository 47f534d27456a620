interface Alarm {
  readonly at: number
  readonly ring: () => void
}

/** A monotonic clock that can be put ahead, with timers that go off when it is: time passes for a process that is awake. */
export class JumpingClock {
  #ahead = 0
  readonly #alarms = new Set<Alarm>()

  readonly monotonic = (): number => performance.now() + this.#ahead

  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const ring = (): void => {
      clearTimeout(timer)
      if (this.#alarms.delete(alarm)) callback()
    }
    const timer = setTimeout(ring, milliseconds).unref()
    const alarm: Alarm = { at: this.monotonic() + milliseconds, ring }
    this.#alarms.add(alarm)
    return () => {
      clearTimeout(timer)
      this.#alarms.delete(alarm)
    }
  }

  jump(milliseconds: number): void {
    this.#ahead += milliseconds
    for (const alarm of [...this.#alarms]) if (alarm.at <= this.monotonic()) alarm.ring()
  }
}
