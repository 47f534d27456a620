import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PACKAGES, ROOT } from './packages.ts'

/** The fields in their order. There are no `repository`, `homepage` and `bugs`, for the project has no public address yet. */
const FIELDS = [
  'name',
  'version',
  'description',
  'keywords',
  'license',
  'type',
  'engines',
  'sideEffects',
  'bin',
  'files',
  'exports',
  'dependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'devDependencies',
]
const LICENCE = readFileSync(join(ROOT, 'LICENSE'), 'utf8')

describe.each(PACKAGES.map((each) => [each.manifest.name, each] as const))('%s', (_name, each) => {
  const { short, folder, manifest } = each
  const ways = Object.entries(manifest.exports ?? {}).filter(([way]) => way !== './package.json')

  it('has the fields that every package has, in their order (ours)', () => {
    const fields = Object.keys(manifest)
    expect(fields).toEqual(FIELDS.filter((field) => fields.includes(field)))
    expect(manifest).toMatchObject({
      name: `@gatewarden/${short}`,
      description: expect.stringMatching(/^.{20,140}$/),
      license: 'MIT',
      type: 'module',
      engines: { node: '>=20.19' },
      files: ['dist', 'src', '!**/*.tsbuildinfo'],
    })
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(LICENCE)
  })

  it('can be found by words, each said once (ours)', () => {
    const { keywords } = manifest
    expect(keywords).toEqual(expect.arrayContaining(['jwt', 'access-token', 'oauth2']))
    expect(keywords).toEqual([...new Set(Array.isArray(keywords) ? keywords : [])])
  })

  it('says how it is entered: by source, types and code of one file each, and by nothing deeper (ours)', () => {
    expect(manifest.exports?.['./package.json']).toBe('./package.json')
    expect(ways.length > 0).not.toBe(manifest.bin !== undefined)
    for (const [way, target] of ways) {
      const file = way === '.' ? 'index' : way.replace('./', '')
      const entries = Object.entries({
        'gatewarden-source': `./src/${file}.ts`,
        types: `./dist/${file}.d.ts`,
        default: `./dist/${file}.js`,
      })
      // The order counts: the first that fits is taken.
      expect(Object.entries(target ?? {})).toEqual(entries)
      expect(existsSync(join(folder, `src/${file}.ts`))).toBe(true)
    }
  })

  it('may be left out by a bundler where nothing of it is used, unless it is a command (ours)', () => {
    expect(manifest['sideEffects']).toBe(ways.length > 0 ? false : undefined)
  })

  it('takes others of the workspace at their own version, and is published with them (ours)', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([name]) => name.startsWith('@gatewarden/'))
      .map(([, version]) => version)
    expect(versions.filter((version) => version !== 'workspace:^')).toEqual([])
    expect(manifest.version).toBe(PACKAGES[0]?.manifest.version)
  })
})
