import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Runs a script in a process of its own and resolves to what it replies. What one measurement has taught the compiler about a
 * function is then nothing to the next.
 */
export async function isolated<Reply>(script: URL, task: unknown): Promise<Reply> {
  const child = fork(fileURLToPath(script), [JSON.stringify(task)])
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the process for ${JSON.stringify(task)} ended with ${code}`)
    }),
  ])
  return message as Reply
}

/** In such a process: what it was started for. */
export function taskOfProcess<Task>(): Task {
  return JSON.parse(process.argv[2] ?? '') as Task
}

/** In such a process: its reply, after which it ends. */
export function reply(message: string | number | object | null): void {
  process.send?.(message, () => process.exit(0))
}
