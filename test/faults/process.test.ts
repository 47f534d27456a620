import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'

const core = new URL('../../packages/core/dist/index.js', import.meta.url).href

/** Runs a program that makes a resource server and then has nothing more to do. Fails where it does not end by itself. */
async function run(issuer: string, then = ''): Promise<string> {
  const program = `
    import { createResourceServer } from ${JSON.stringify(core)}
    const server = createResourceServer({ issuer: ${JSON.stringify(issuer)}, audience: 'urn:api' })
    ${then}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 15_000,
  })
  return stdout.trim()
}

describe('a process with a resource server', () => {
  it('ends when its own work is done, with keys in hand that will be due for renewal (ours)', async () => {
    await using issuer = await createTestIssuer({ algorithms: ['ES256'] })
    await issuer.listen()
    const state = 'await server.ready(); console.log(server.state()[0].keys)'
    expect(await run(issuer.issuer, state)).toBe('1')
  })

  it('ends, with an issuer out of reach that will be asked again; no rejection is left unhandled (ours)', async () => {
    const wait = 'await server.ready().catch(() => console.log("not ready"))'
    expect(await run('http://127.0.0.1:9/', wait)).toBe('not ready')
    expect(await run('http://127.0.0.1:9/')).toBe('')
  })
})
