import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { command } from './command.ts'
import { ROOT } from './packages.ts'

const outside = inject('outside')
const ANSWERS = ['200 ada', '401 invalid_token']
const SERVED = {
  express: ANSWERS,
  fastify: ANSWERS,
  koa: ANSWERS,
  functions: ['createResourceServer', 'scopes', 'redisStore'],
}

it('npm finds nothing missing and nothing amiss in a project with the tarballs (ours)', async () => {
  expect(await command('npm', ['ls', '--all', '--loglevel=error'], { cwd: outside })).toMatchObject({
    status: 0,
    stderr: '',
  })
})

it('a strict project compiles with the types of the tarballs, as a module and as CommonJS (ours)', async () => {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { stdout } = await command(process.execPath, [tsc, '-p', 'tsconfig.json'], { cwd: outside })
  // Libraries are checked too, for ours are among them. What others' types hold against each other is theirs.
  const ours = stdout.split('\n').filter((line) => /^(types\.|node_modules\/@gatewarden\/|error)/.test(line))
  expect(ours).toEqual([])
})

describe.each(Object.entries(inject('nodes')))('on Node %s', (_major, node = '') => {
  it.skipIf(node === '').each(['by-import.mjs', 'by-require.cjs'])(
    '%s serves a request with each framework, and refuses an ID token (ours)',
    async (script) => {
      const { stdout, stderr } = await command(node, [script], { cwd: outside })
      expect(stderr).toBe('')
      expect(JSON.parse(stdout)).toEqual(SERVED)
    },
  )

  it.skipIf(node === '')('the command of @gatewarden/cli reads a token (ours)', async () => {
    const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = `${segment({ alg: 'RS256', typ: 'JWT' })}.${segment({ sub: 'ada' })}.c2lnbmF0dXJl`
    const args = ['node_modules/.bin/gatewarden', 'explain', '-', '--json']
    const { status, stdout, stderr } = await command(node, args, { cwd: outside, input: token })
    expect(JSON.parse(stdout)).toMatchObject({ claims: { sub: 'ada' } })
    expect(stderr).toMatch(/^\nNothing was checked:[^\n]*\n$/)
    expect(status).toBe(2)
  })
})
