import { inTime } from '../in-time.ts'
import type { Runtime } from '../runtime.ts'

/**
 * Does `work`, and gives up at the deadline whether or not the work heeds its signal.
 *
 * @throws what the work throws, or Error at the deadline
 */
export function withinDeadline<T>(
  runtime: Pick<Runtime, 'after' | 'fetchDeadline'>,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const { fetchDeadline } = runtime
  const controller = new AbortController()
  const giveUp = (): Promise<never> => {
    controller.abort(new DOMException('', 'TimeoutError'))
    // A moment later: work that heeds the signal says more precisely what it was waiting for.
    return new Promise((_, reject) => {
      setImmediate(reject, new Error(`no answer within ${fetchDeadline} ms`))
    })
  }
  // What the work throws at once is an answer too.
  const begun = new Promise<T>((resolve) => {
    resolve(work(controller.signal))
  })
  return inTime(runtime, fetchDeadline, begun, giveUp)
}
