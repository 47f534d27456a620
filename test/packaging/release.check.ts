import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { output, pnpm } from './command.ts'
import { type Manifest, PACKAGES, ROOT } from './packages.ts'

// A release, from its notes to what the registry would get, in a copy of the work tree. The registry is read from, and never written to.
const changeset = (...args: string[]) =>
  output(join(ROOT, 'node_modules/.bin/changeset'), args, { cwd: copy })
const stateOfWorkTree = () => output('git', ['status', '--porcelain'], { cwd: ROOT })
const LEFT_BEHIND = new Set(['.git', '.build', 'node_modules'])
let copy = ''
let before = ''

beforeAll(async () => {
  before = await stateOfWorkTree()
  copy = await mkdtemp(join(tmpdir(), 'gatewarden-release-'))
  await cp(ROOT, copy, { recursive: true, filter: (source) => !LEFT_BEHIND.has(basename(source)) })
  await pnpm(['install', '--frozen-lockfile', '--prefer-offline'], copy)
  // changesets reads from Git which note came with which commit.
  const identity = [
    '-c',
    'user.name=dry run',
    '-c',
    'user.email=dry-run@example.com',
    '-c',
    'core.hooksPath=/dev/null',
  ]
  await output('git', ['init', '--quiet', '--initial-branch=main'], { cwd: copy })
  await output('git', ['add', '--all'], { cwd: copy })
  await output('git', [...identity, 'commit', '--quiet', '--message=A copy'], { cwd: copy })
}, 120_000)

afterAll(() => rm(copy, { recursive: true, force: true }))

it('changesets holds all packages to one version (ours)', () => {
  const { fixed } = JSON.parse(readFileSync(join(ROOT, '.changeset/config.json'), 'utf8'))
  expect(fixed).toEqual([PACKAGES.map(({ manifest }) => manifest.name)])
})

it('the notes of the next release are understood, raise one version and go into the changelogs (ours)', async () => {
  const notes = () => readdirSync(join(copy, '.changeset')).filter((file) => /^(?!README).*\.md$/.test(file))
  await changeset('status')
  if (notes().length === 0) return // Right after a release.
  await changeset('version')
  expect(notes()).toEqual([])
  const [version, ...others] = new Set(PACKAGES.map(({ short }) => manifestIn(short).version))
  expect(others).toEqual([])
  expect(version).not.toBe(PACKAGES[0]?.manifest.version)
  for (const { short, manifest } of PACKAGES)
    expect(readFileSync(join(copy, 'packages', short, 'CHANGELOG.md'), 'utf8')).toMatch(
      new RegExp(`^# ${manifest.name}\n\n## ${version}\n`),
    )
})

it('the packages would be published, and nothing else (ours)', async () => {
  // By force, so that a version that is published already is told as well.
  const told = await pnpm(['-r', 'publish', '--dry-run', '--no-git-checks', '--force'], copy)
  const published = [...told.matchAll(/^📦 (\S+) →/gmu)].map(([, name]) => name).sort()
  expect(published).toEqual(
    PACKAGES.map(({ manifest, short }) => `${manifest.name}@${manifestIn(short).version}`),
  )
})

it('the dry run leaves the work tree as it was (ours)', async () => {
  expect(await stateOfWorkTree()).toBe(before)
})

const manifestIn = (short: string): Manifest =>
  JSON.parse(readFileSync(join(copy, 'packages', short, 'package.json'), 'utf8'))
