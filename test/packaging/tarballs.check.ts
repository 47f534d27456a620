import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { command, output } from './command.ts'
import { tarballOf } from './outside.ts'
import { PACKAGES, ROOT } from './packages.ts'

const tarballs = inject('tarballs')
const tool = (name: string) => join(ROOT, 'node_modules/.bin', name)
const packed = PACKAGES.map((each) => [each.manifest.name, tarballOf(each, tarballs)] as const)

describe.each(packed)('the tarball of %s', (_name, tarball) => {
  const options = { cwd: tarballs, env: { NO_COLOR: '1' } }

  it('is what publint expects of a package (ours)', async () => {
    const { status, stdout } = await command(tool('publint'), ['run', tarball, '--strict'], options)
    expect(status, stdout).toBe(0)
  })

  it('has types that attw finds right for ESM (ours)', async () => {
    const { status, stdout } = await command(tool('attw'), [tarball, '--profile', 'esm-only'], options)
    expect(status, stdout).toBe(0)
  })

  it('asks for versions that exist outside the workspace (ours)', async () => {
    const manifest = await output('tar', ['-xOzf', tarball, 'package/package.json'], options)
    expect(manifest).not.toMatch(/"(workspace|catalog|link|file):/)
  })

  it('holds what is built, its source, a README and a licence, and nothing else (ours)', async () => {
    const files = (await output('tar', ['-tzf', tarball], options)).trim().split('\n').sort()
    const folders = /^package\/(dist|src)\/.+\.(js|ts|js\.map|d\.ts\.map)$/
    const others = files.filter((file) => !folders.test(file))
    expect(others.filter((file) => file !== 'package/CHANGELOG.md')).toEqual([
      'package/LICENSE',
      'package/README.md',
      'package/package.json',
    ])
    expect(files.filter((file) => /\.test\.|\/test\//.test(file))).toEqual([])
  })
})
