import { problemLine } from './problem.ts'
import { UsageProblem } from './usage.ts'

/** How a process ends. */
export interface GuardedProcess {
  /** Sets the exit code, where nothing went wrong on the way. */
  end(code: number): void
}

/**
 * Sees to it that this process never ends with a stack trace, nor with the exit code of a refusal where there was none. A reader that
 * went away (`| head`, `| true`) is no error; output that cannot be written for another reason is.
 */
export function guardProcess(): GuardedProcess {
  let failed = false
  const fail = (error: unknown): void => {
    if (!failed) process.stderr.write(`${problemLine(error)}\n`)
    failed = true
    process.exitCode = 2
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fail(new UsageProblem(`the output cannot be written (${error.code})`))
  })
  // There is no other place to say it.
  process.stderr.on('error', () => undefined)
  process.on('uncaughtException', (error) => {
    fail(error)
    process.exit()
  })
  return {
    end(code) {
      if (!failed) process.exitCode = code
    },
  }
}
