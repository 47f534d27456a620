import type { Runtime } from '../runtime.ts'

/**
 * Does `work`, and gives up at the deadline whether or not the work heeds its signal.
 *
 * @throws what the work throws, or Error at the deadline
 */
export async function withinDeadline<T>(
  { after, fetchDeadline }: Runtime,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  let callOff = (): void => undefined
  const deadline = new Promise<never>((_, reject) => {
    callOff = after(fetchDeadline, () => {
      controller.abort(new DOMException('', 'TimeoutError'))
      // A moment later: work that heeds the signal says more precisely what it was waiting for.
      setImmediate(reject, new Error(`no answer within ${fetchDeadline} ms`))
    })
  })
  try {
    return await Promise.race([work(controller.signal), deadline])
  } finally {
    callOff()
  }
}
