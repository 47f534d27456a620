import { command } from './command.ts'

const MAJORS = ['20', '22', '24'] as const

/** A Node to run on, by its major version: the path of its binary, or undefined where it cannot be had. */
export type Nodes = Readonly<Record<string, string | undefined>>

/** Node 20, 22 and 24: the running one, and the others from npm. */
export async function findNodes(cwd: string): Promise<Nodes> {
  const found = await Promise.all(MAJORS.map(async (major) => [major, await findNode(major, cwd)] as const))
  for (const [major, path] of found) {
    if (path === undefined)
      process.stdout.write(
        `Skipped: what runs on Node ${major}, for \`npx node@${major}\` does not get it.\n`,
      )
  }
  return Object.fromEntries(found)
}

async function findNode(major: string, cwd: string): Promise<string | undefined> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath
  const asked = ['-y', `node@${major}`, '-p', 'process.execPath']
  const { status, stdout } = await command('npx', asked, { cwd, env: { npm_config_loglevel: 'error' } })
  return status === 0 ? stdout.trim() : undefined
}
