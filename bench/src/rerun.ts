import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Runs the same bench under another version of Node, which npm brings; resolves to how it ended. */
export async function rerunUnder(node: string): Promise<number> {
  const main = fileURLToPath(new URL('./main.js', import.meta.url))
  const child = spawn('npx', ['-y', `node@${node}`, main, ...withoutNode(process.argv.slice(2))], {
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

function withoutNode(args: readonly string[]): string[] {
  return args.filter((arg, index) => !arg.startsWith('--node') && args[index - 1] !== '--node')
}
