import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** The folder of an installed package as Node finds it from another's. */
function installed(name: string, from: string): string {
  for (let folder = realpathSync(from); folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(candidate)) return realpathSync(candidate)
  }
  throw new TypeError(`${name} is not installed for ${from}`)
}

/** Folders of all that a package brings along, by name. Peers are the user's own, and not followed. */
function productionTree(folder: string, tree = new Map<string, string>()): ReadonlyMap<string, string> {
  const { dependencies, optionalDependencies } = manifestIn(folder)
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    if (tree.has(name)) continue
    const found = installed(name, folder)
    tree.set(name, found)
    productionTree(found, tree)
  }
  return tree
}

const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
const named = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '').sort()
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `@gatewarden/'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const justified = named(
  page
    .split('\n')
    .filter((line) => /^\| `[^@]/.test(line))
    .join(),
)

const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name))

describe.each(packages.map((folder) => [manifestIn(folder).name, folder] as const))('%s', (name, folder) => {
  const row = rows.find(([, cell]) => cell === `\`${name}\``)

  it('brings along what docs/dependencies.md lists, and nothing else (ours)', () => {
    const tree = [...productionTree(folder).keys()].sort()
    expect(tree).toEqual(named(row?.[2] ?? ''))
    const foreign = tree.filter((dependency) => !dependency.startsWith('@gatewarden/'))
    expect(justified).toEqual(expect.arrayContaining(foreign))
  })

  it('has the peers that docs/dependencies.md lists, and no others (ours)', () => {
    expect(Object.keys(manifestIn(folder).peerDependencies ?? {}).sort()).toEqual(named(row?.[3] ?? ''))
  })

  it('runs nothing when it is installed, nor does what it brings along (ours)', () => {
    for (const part of [folder, ...productionTree(folder).values()]) {
      const scripts = Object.keys(manifestIn(part).scripts ?? {})
      for (const hook of ['preinstall', 'install', 'postinstall']) expect(scripts).not.toContain(hook)
    }
  })
})

it('core brings along jose and lru-cache at most (ours)', () => {
  for (const name of productionTree(join(root, 'packages/core')).keys())
    expect(['jose', 'lru-cache']).toContain(name)
})

it('docs/dependencies.md says what each dependency of the workspace is for, those for development too (ours)', () => {
  const within = (room: string) => readdirSync(join(root, room)).map((name) => join(root, room, name))
  const folders = [root, ...packages, ...within('examples'), join(root, 'test'), join(root, 'bench')]
  const all = folders.flatMap((folder) => {
    const { dependencies, devDependencies } = manifestIn(folder)
    return Object.keys({ ...dependencies, ...devDependencies })
  })
  const foreign = all.filter((name) => !/^@(gatewarden|types)\//.test(name))
  expect(named(page)).toEqual(expect.arrayContaining(foreign))
})
