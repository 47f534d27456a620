import type { Runtime } from './runtime.ts'

/** The answer, or, where it does not come within so many milliseconds, what `late` says or throws. What was asked goes on. */
export async function inTime<T>(
  { after }: Pick<Runtime, 'after'>,
  milliseconds: number,
  answer: Promise<T>,
  late: () => T | Promise<T>,
): Promise<T> {
  let callOff = (): void => undefined
  const over = new Promise<void>((resolve) => {
    callOff = after(milliseconds, resolve)
  })
  try {
    return await Promise.race([answer, over.then(late)])
  } finally {
    callOff()
  }
}
