import { readFile } from 'node:fs/promises'
import { doctorCommand } from './doctor/command.ts'
import { explainCommand } from './explain/command.ts'
import { problemLine } from './problem.ts'
import type { Terminal } from './terminal.ts'
import { USAGE, UsageProblem } from './usage.ts'

const COMMANDS = { explain: explainCommand, doctor: doctorCommand } as const

/**
 * Runs the program.
 *
 * @returns its exit code; whatever the caller did wrong, and whatever nobody foresaw, is one line on standard error and code 2
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await command(args, terminal)
  } catch (error) {
    terminal.err(problemLine(error))
    return 2
  }
}

async function command([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === 'help' || [name, ...rest].some((arg) => arg === '--help' || arg === '-h')) {
    terminal.out(USAGE)
    return 0
  }
  if (name === '--version') {
    terminal.out(await version())
    return 0
  }
  if (name === undefined || !Object.hasOwn(COMMANDS, name))
    throw new UsageProblem(
      `${name === undefined ? 'no command' : 'no such command'}: explain or doctor (see --help)`,
    )
  return COMMANDS[name as keyof typeof COMMANDS](rest, terminal)
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
