import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { blocksOf, ROOT } from './pages.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

it('the example in the README of @gatewarden/testing is the test beside this one', () => {
  expect(read('../../packages/testing/README.md')).toContain(read('./testing-readme.test.ts'))
})

it('the vitest example in docs/testing.md is the test beside this one', () => {
  expect(read('../../docs/testing.md')).toContain(read('./testing-page.test.ts'))
})

it('the node:test example in docs/testing.md passes, run by Node as it stands', () => {
  const [example] = blocksOf('docs/testing.md').filter(({ title }) => title === 'health-api.test.js')
  const folder = mkdtempSync(join(tmpdir(), 'node-test-'))
  symlinkSync(join(ROOT, 'test/node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'health-api.test.js'), example?.code ?? '')
  const { NODE_OPTIONS: _, ...env } = process.env
  const { stdout, status } = spawnSync(process.execPath, ['--test', '--test-reporter=tap'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true, force: true })
  expect(stdout).toContain('# pass 1')
  expect(status).toBe(0)
})
