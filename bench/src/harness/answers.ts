import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/**
 * What a process says, one message after another: each call resolves to the next one, and rejects where the process has ended or ends
 * before, with what it wrote to `stderr` last, where that is a pipe.
 */
export function answersOf<Answer>(child: ChildProcess, name: string): () => Promise<Answer> {
  let said = ''
  child.stderr?.on('data', (text: Buffer) => {
    said = `${said}${text}`.slice(-2000)
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${code} ${said}`.trimEnd())
  })
  // Nobody may be waiting when it is stopped.
  ended.catch(() => undefined)
  return async () => {
    const [message] = await Promise.race([once(child, 'message'), ended])
    return message
  }
}
