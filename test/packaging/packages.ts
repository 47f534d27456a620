import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What these tests read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

export interface Package {
  /** The last part of its name, and the name of its folder: `core`. */
  readonly short: string
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages of a folder of the workspace, by name. */
function packagesIn(room: 'packages' | 'examples'): readonly Package[] {
  return readdirSync(join(ROOT, room)).map((short) => {
    const folder = join(ROOT, room, short)
    return { short, folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
  })
}

/** All that is published. */
export const PACKAGES = packagesIn('packages')

/** All that shows what is published, and stays here. */
export const EXAMPLES = packagesIn('examples')

/** The version of a dependency that is installed for a package of the workspace, so that the outside gets the same. */
export function installedVersion({ folder }: Package, dependency: string): string {
  const manifest = join(folder, 'node_modules', dependency, 'package.json')
  return JSON.parse(readFileSync(manifest, 'utf8')).version
}
