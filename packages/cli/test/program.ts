import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './terminal.ts'

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** How the installed program is run. */
export interface Surroundings {
  /** Text on its standard input, or a file that is open. Default: nothing. */
  readonly input?: string | number
  readonly env?: NodeJS.ProcessEnv
  /** Options of Node.js itself. */
  readonly node?: readonly string[]
  /** Whether whoever reads its output goes away at once, as `| true` does. */
  readonly deaf?: boolean
}

/** Runs the installed program in a process of its own, where its output is a pipe. */
export function program(
  args: readonly string[],
  { input = '', env = {}, node = [], deaf = false }: Surroundings = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...node, main, ...args], {
      env: { ...process.env, ...env },
      stdio: [typeof input === 'number' ? input : 'pipe', 'pipe', 'pipe'],
    })
    const text = { out: '', err: '' }
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text.out += piece
    })
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      text.err += piece
    })
    if (deaf) child.stdout?.destroy()
    child.stdin?.end(input)
    child.on('close', (code) => resolve({ code: code ?? -1, ...text }))
  })
}
