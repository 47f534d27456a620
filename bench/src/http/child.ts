import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pin } from '../harness/pin.ts'
import type { Framework, Site } from './site.ts'

const SCRIPT = fileURLToPath(new URL('./server-process.js', import.meta.url))

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number
  stop(): void
}

/** Starts a server and waits for it to listen. */
export async function startServer(framework: Framework, name: string, site: Site): Promise<ServerProcess> {
  const child = fork(SCRIPT, [JSON.stringify([framework, name, site])], {
    env: { ...process.env, NODE_ENV: 'production' },
    // Express writes every refusal to the terminal.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const port = await portOf(child, name)
  if (child.pid !== undefined) pin(child.pid, 'server')
  return { port, stop: () => void child.kill() }
}

function portOf(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (text: Buffer) => {
      said = `${said}${text}`.slice(-2000)
    })
    child.once('message', (port) => resolve(port as number))
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${said}`)))
  })
}
