/**
 * Does `work`, and gives up after so many milliseconds whether or not the work heeds its signal. What the work answers later is ignored.
 * Keeps no process alive.
 *
 * @throws what the work throws, or what `late` makes at the deadline
 */
export function withinDeadline<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const giveUp = (): void => {
      reject(late())
      controller.abort()
    }
    // One turn later: where the process itself was busy for so long, an answer that has come meanwhile is read first.
    const timer = setTimeout(() => setImmediate(giveUp), milliseconds).unref()
    const done = (): void => clearTimeout(timer)
    work(controller.signal).then(resolve, reject).finally(done)
  })
}
