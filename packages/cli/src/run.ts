import { readFile } from 'node:fs/promises'
import { ConfigurationError, escapeControls } from '@gatewarden/core'
import { doctorCommand } from './doctor/command.ts'
import { explainCommand } from './explain/command.ts'
import type { Terminal } from './terminal.ts'
import { USAGE, UsageProblem } from './usage.ts'

const COMMANDS = { explain: explainCommand, doctor: doctorCommand } as const

/** Runs the program. @returns its exit code; whatever the caller did wrong is one line on standard error and code 2 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args
  if (args.includes('--help') || args.includes('-h') || name === 'help') {
    terminal.out(USAGE)
    return 0
  }
  if (name === '--version') {
    terminal.out(await version())
    return 0
  }
  try {
    if (name === undefined || !Object.hasOwn(COMMANDS, name))
      throw new UsageProblem(
        `${name === undefined ? 'no command' : 'no such command'}: explain or doctor (see --help)`,
      )
    return await COMMANDS[name as keyof typeof COMMANDS](rest, terminal)
  } catch (error) {
    if (!(error instanceof UsageProblem) && !(error instanceof ConfigurationError)) throw error
    terminal.err(`gatewarden: ${escapeControls(error.message)}`)
    return 2
  }
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
