import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, inject, it } from 'vitest'
import { command } from './command.ts'

const outside = inject('outside')
const env = { PORT: '0', ISSUER_PORT: '0' }

describe.each(Object.entries(inject('nodes')))('outside the workspace, on Node %s', (_major, node = '') => {
  it.skipIf(node === '')('the examples give every promised verdict, in all frameworks (ours)', async () => {
    const { status, stdout } = await command(node, ['examples/demo/dist/main.js', '--all'], {
      cwd: outside,
      env,
    })
    expect(stdout).toMatch(/(\d+) of \1 verdicts as promised, (\d+) of \2 the same behind all frameworks/)
    expect(status).toBe(0)
  })
})

it('the health API starts outside the workspace, and answers (ours)', async () => {
  const main = join(outside, 'examples/health-api/dist/main.js')
  const child = spawn(process.execPath, [main], { env: { ...process.env, ...env } })
  try {
    for await (const line of createInterface(child.stdout)) {
      const url = /^Health API listening on (\S+)$/.exec(line)?.[1]
      if (url === undefined) continue
      expect((await fetch(`${url}/public`)).status).toBe(200)
      expect((await fetch(`${url}/api/patients`)).status).toBe(401)
      return
    }
    expect.unreachable('it ended before it listened')
  } finally {
    const ended = child.exitCode === null && once(child, 'exit')
    child.kill()
    await ended
  }
})
