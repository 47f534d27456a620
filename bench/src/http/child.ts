import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { answersOf } from '../harness/answers.ts'
import { pin } from '../harness/pin.ts'
import type { Framework, Site } from './site.ts'

const SCRIPT = fileURLToPath(new URL('./server-process.js', import.meta.url))

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number
  /** Has it collect all its garbage, while it has nothing else to do. */
  collect(): Promise<void>
  stop(): void
}

/** Starts a server and waits for it to listen. */
export async function startServer(framework: Framework, name: string, site: Site): Promise<ServerProcess> {
  const child = fork(SCRIPT, [JSON.stringify([framework, name, site])], {
    env: { ...process.env, NODE_ENV: 'production' },
    // Express writes every refusal to the terminal.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const next = answersOf<unknown>(child, name)
  const port = (await next()) as number
  if (child.pid !== undefined) pin(child.pid, 'server')
  return {
    port,
    async collect() {
      child.send('collect')
      await next()
    },
    stop: () => void child.kill(),
  }
}
