import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { answersOf } from './answers.ts'

/**
 * Runs a script in a process of its own and resolves to what it replies. What one measurement has taught the compiler about a
 * function is then nothing to the next.
 */
export function isolated<Reply>(script: URL, task: unknown): Promise<Reply> {
  const child = fork(fileURLToPath(script), [JSON.stringify(task)])
  return answersOf<Reply>(child, `the process for ${JSON.stringify(task)}`)()
}

/** In such a process: what it was started for. */
export function taskOfProcess<Task>(): Task {
  return JSON.parse(process.argv[2] ?? '') as Task
}

/** In such a process: its reply, after which it ends. */
export function reply(message: string | number | object | null): void {
  process.send?.(message, () => process.exit(0))
}
