import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

// The commands run what `tsc -b` made, as `pnpm start` and `pnpm demo` do; `pnpm test` compiles first.
const COMMANDS = { start: '../../examples/health-api/dist/main.js', demo: '../../examples/demo/dist/main.js' }
const command = (name: keyof typeof COMMANDS) => fileURLToPath(new URL(COMMANDS[name], import.meta.url))
const closers: (() => void)[] = []
const hasCurl = spawnSync('curl', ['--version']).status === 0
if (!hasCurl) console.warn('skipped: the curl lines of `pnpm start`, because there is no curl')

afterEach(() => {
  for (const close of closers.splice(0)) close()
})

function run(name: keyof typeof COMMANDS, environment: Record<string, string>, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command(name), ...args], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status, stdout, stderr }
}

it.skipIf(!hasCurl)('`start` prints curl lines, and each gets the answer that stands above it', async () => {
  const child = spawn(process.execPath, [command('start')], {
    env: { ...process.env, PORT: '0', ISSUER_PORT: '0' },
  })
  closers.push(() => child.kill())
  const promised: { status: string; line: string }[] = []
  let status = ''
  for await (const line of createInterface(child.stdout)) {
    status = /^# (\d{3})/.exec(line)?.[1] ?? status
    if (line.startsWith('curl ')) promised.push({ status, line })
    if (line.startsWith('Refusals')) break
  }
  expect(promised.map(({ status }) => status)).toEqual(expect.arrayContaining(['200', '201', '401', '403']))
  for (const { status, line } of promised) {
    const { stdout } = spawnSync('sh', ['-c', `${line} -s`], { encoding: 'utf8' })
    expect(stdout.split('\r\n')[0]).toContain(` ${status} `)
  }
})

it('`demo` prints a table no wider than 120 columns, and exits 0 because every verdict is as promised', () => {
  const { status, stdout, stderr } = run('demo', { PORT: '0', ISSUER_PORT: '0' })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/(\d+) of \1 verdicts as promised/)
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
  expect(status).toBe(0)
})

it('`demo --all` walks Express, Fastify and Koa, and exits 0 because they give the same promised verdicts', () => {
  const { status, stdout, stderr } = run('demo', { PORT: '0', ISSUER_PORT: '0' }, '--all')
  expect(stderr).toBe('')
  expect(stdout).toMatch(/(\d+) of \1 verdicts as promised, (\d+) of \2 the same behind all frameworks/)
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
  expect(status).toBe(0)
})

it('`demo` says in one line what it does not know', () => {
  expect(run('demo', {}, '--al')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: '--al is unknown: the only argument is --all\n',
  })
})

it('`start` says in one line that a port is in use, and which variable chooses another', async () => {
  const taken = createServer()
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening))
  closers.push(() => taken.close())
  const { port } = taken.address() as AddressInfo
  const { status, stdout, stderr } = run('start', { PORT: `${port}`, ISSUER_PORT: '0' })
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(new RegExp(`^Port ${port} is in use: set PORT[^\n]*\n$`))
})

it('`start` says in one line that a port is none', () => {
  const { status, stderr } = run('start', { PORT: 'abc' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^PORT=abc is no port[^\n]*\n$/)
})
