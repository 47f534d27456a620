import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PACKAGES, type Package, ROOT } from '../packaging/packages.ts'

const readme = ({ folder }: Package) => readFileSync(join(folder, 'README.md'), 'utf8')
const blocks = (each: Package, language: string) =>
  [...readme(each).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block]) => block ?? '',
  )
const BUILT = join(ROOT, '.build/readmes')

describe.each(PACKAGES.map((each) => [each.manifest.name, each] as const))(
  'the README of %s',
  (name, each) => {
    const text = readme(each)

    it('is a page long, and says on its first screen how to install and what to write (ours)', () => {
      const lines = text.split('\n')
      expect(lines.length).toBeLessThanOrEqual(40)
      expect(lines[0]).toBe(`# ${name}`)
      expect(lines.findIndex((line) => line === '```ts' || /^(refused|admitted):/.test(line))).toBeLessThan(
        16,
      )
    })

    it('installs the package and the framework that it is for (ours)', () => {
      const { peerDependencies = {}, bin } = each.manifest
      const required = Object.keys(peerDependencies).filter((peer) => peer !== 'jwks-rsa')
      const words = blocks(each, 'sh')[0]?.trim().split(' ') ?? []
      expect(words[0]).toBe(bin === undefined ? 'npm' : 'npx')
      expect(words).toEqual(expect.arrayContaining([name, ...required]))
    })

    it('links to what is there (ours)', () => {
      const links = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, link]) => link ?? '')
      expect(links.length).toBeGreaterThan(0)
      expect(links.filter((link) => !existsSync(join(each.folder, link)))).toEqual([])
    })
  },
)

it('every example in the README of a package compiles (ours)', () => {
  // The README of @gatewarden/testing is a whole test, which runs: see examples.test.ts.
  const examples = PACKAGES.filter(({ short }) => short !== 'testing').flatMap((each) =>
    blocks(each, 'ts').map((block, at) => {
      // Where the package's own dependencies are found, and ignored by Git.
      const folder = join(each.folder, '.build/readme')
      mkdirSync(folder, { recursive: true })
      const file = join(folder, `${at}.ts`)
      writeFileSync(file, block)
      return file
    }),
  )
  expect(examples.length).toBeGreaterThanOrEqual(6)
  mkdirSync(BUILT, { recursive: true })
  const project = join(BUILT, 'tsconfig.json')
  const compilerOptions = {
    composite: false,
    noEmit: true,
    rootDir: ROOT,
    incremental: false,
    noUnusedLocals: false,
  }
  writeFileSync(
    project,
    JSON.stringify({ extends: '../../tsconfig.base.json', compilerOptions, files: examples }),
  )
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', project], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  for (const { folder } of PACKAGES) rmSync(join(folder, '.build'), { recursive: true, force: true })
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
})
