import { run } from '../src/run.ts'
import type { Terminal } from '../src/terminal.ts'

/** What a run of the program left behind. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the program in this process, with nobody at the terminal. */
export async function gatewarden(
  args: readonly string[],
  { env = {}, input }: { env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<Outcome> {
  const out: string[] = []
  const err: string[] = []
  const terminal: Terminal = {
    env,
    input: input === undefined ? undefined : () => Promise.resolve(input),
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    paint: { good: String, bad: String, faint: String },
    waiting: (_, work) => work,
  }
  return { code: await run(args, terminal), out: out.join('\n'), err: err.join('\n') }
}
