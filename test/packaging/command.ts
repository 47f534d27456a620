import { execFile } from 'node:child_process'

export interface Outcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly cwd: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a command to its end, for two minutes at most. A status other than 0 is an answer too; one that was killed has status -1. */
export function command(
  file: string,
  args: readonly string[],
  { cwd, input = '', env = {} }: CommandOptions,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...env }, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 }
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ status, stdout, stderr: error !== null && stderr === '' ? error.message : stderr })
    })
    // A command that ends without reading closes the pipe; its answer says what that means.
    child.stdin?.on('error', () => {}).end(input)
  })
}

/** Runs a command that must succeed, and gives what it printed. */
export async function output(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const { status, stdout, stderr } = await command(file, args, options)
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

/** `pnpm` as the workspace is told to run it. */
export function pnpm(args: readonly string[], cwd: string): Promise<string> {
  return output('npx', ['-y', 'pnpm@12', ...args], { cwd, env: { npm_config_loglevel: 'error' } })
}
