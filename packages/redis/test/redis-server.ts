import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const REDIS = 'redis-server'

/** Whether this machine has Redis. Where not, tests that need it are skipped. */
export const hasRedis = spawnSync(REDIS, ['--version']).error === undefined

/** A Redis of the tests' own, on loopback, which keeps nothing on disk. */
export interface RedisServer extends AsyncDisposable {
  readonly port: number
  /** Again, on the same port. */
  start(): Promise<void>
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>
  /** Says this on a connection of its own, and answers what Redis said first. Rejects for an error. */
  tell(command: string): Promise<string>
}

/** Starts a Redis with these arguments beside the usual ones. It is killed when the scope ends. */
export async function startRedis(more: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'gatewarden-redis-'))
  const where = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder]
  const launched = () => launch([...where, '--save', '', '--appendonly', 'no', ...more])
  let running = await launched()
  const kill = async (): Promise<void> => {
    if (running.exitCode !== null || running.signalCode !== null) return
    const gone = once(running, 'exit')
    running.kill('SIGKILL')
    await gone
  }
  return {
    port,
    async start() {
      running = await launched()
    },
    kill,
    tell: (command) => tell(port, command),
    async [Symbol.asyncDispose]() {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}

async function launch(options: readonly string[]): Promise<ChildProcess> {
  const child = spawn(REDIS, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  // For tests that are cut off.
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const said: string[] = []
  for await (const line of createInterface(child.stdout)) {
    said.push(line)
    if (!line.includes('Ready to accept connections')) continue
    child.stdout.resume()
    return child
  }
  throw new Error(`redis-server did not start: ${said.join('\n')}`)
}

/** A port of loopback that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function tell(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${command}\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  const text = answer.toString()
  if (text.startsWith('-')) throw new Error(`${command}: ${text}`)
  return text
}
