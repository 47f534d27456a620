import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { output, pnpm } from './command.ts'
import { findNodes, type Nodes } from './nodes.ts'
import { EXAMPLES, installedVersion, PACKAGES, type Package, ROOT } from './packages.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with the tarball of each package: what would be published. */
    readonly tarballs: string
    /** A project of npm's, outside the workspace, in which the tarballs are installed; the examples stand in its `examples`. */
    readonly outside: string
    readonly nodes: Nodes
  }
}

/** Packs all packages and installs the tarballs, once for all checks. Frameworks come from the registry that npm is set to. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const room = await mkdtemp(join(tmpdir(), 'gatewarden-outside-'))
  const tarballs = join(room, 'tarballs')
  const outside = join(room, 'project')
  await Promise.all([mkdir(tarballs), mkdir(outside)])
  const nodes = findNodes(room)
  await pnpm(
    ['-r', '--filter', './packages/*', '--filter', './examples/*', 'pack', '--pack-destination', tarballs],
    ROOT,
  )
  await Promise.all(EXAMPLES.map((example) => copyOut(example, tarballs, outside)))
  await cp(fileURLToPath(new URL('outside/', import.meta.url)), outside, { recursive: true })
  await writeFile(join(outside, 'package.json'), JSON.stringify(manifestFor(tarballs), undefined, 2))
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  await output('npm', install, { cwd: outside })
  project.provide('tarballs', tarballs)
  project.provide('outside', outside)
  project.provide('nodes', await nodes)
  return () => rm(room, { recursive: true, force: true })
}

/** Where `pnpm pack` puts a package. */
export function tarballOf({ manifest: { name, version } }: Package, tarballs: string): string {
  return join(tarballs, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
}

/** Copies a built example, with the package.json that packing made of its own: the workspace's words in it mean nothing out there. */
async function copyOut(example: Package, tarballs: string, outside: string): Promise<void> {
  const folder = join(outside, 'examples', example.short)
  const modules = join(example.folder, 'node_modules')
  await cp(example.folder, folder, { recursive: true, filter: (source) => source !== modules })
  const args = ['-xzf', tarballOf(example, tarballs), '--strip-components=1', 'package/package.json']
  await output('tar', args, { cwd: folder })
}

/** A project that has nothing but the packages, the frameworks that they are for, and the types of those. */
function manifestFor(tarballs: string): object {
  const packed = PACKAGES.map((each) => [each.manifest.name, `file:${tarballOf(each, tarballs)}`])
  const beside = PACKAGES.flatMap((each) =>
    Object.keys(each.manifest.devDependencies ?? {})
      .filter((name) => ['express', 'fastify', 'koa', '@types/express', '@types/koa'].includes(name))
      .map((name) => [name, installedVersion(each, name)]),
  )
  return {
    private: true,
    workspaces: ['examples/*'],
    dependencies: Object.fromEntries([...packed, ...beside]),
  }
}
