import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { type Package, ROOT } from './packages.ts'

/** The ways into a package, by the name of its report: `index` for the package itself, else what stands behind its name. */
export function waysInto({ manifest }: Package): readonly string[] {
  return Object.keys(manifest.exports ?? {})
    .filter((way) => !way.endsWith('.json'))
    .map((way) => (way === '.' ? 'index' : way.replace('./', '')))
}

/** All that a way into a package declares, as text: what `tsc` wrote, read by API Extractor with a TypeScript of its own. */
export async function apiReport({ short, folder, manifest }: Package, way: string): Promise<string> {
  const made = join(ROOT, '.build/api', short)
  await mkdir(made, { recursive: true })
  const reportFileName = `${way}.api.md`
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, 'dist', `${way}.d.ts`),
      compiler: { overrideTsconfig: { compilerOptions: COMPILER } },
      apiReport: {
        enabled: true,
        // Types that the API speaks of without handing them out: a change to them is a change to it.
        includeForgottenExports: true,
        reportFileName,
        reportFolder: made,
        reportTempFolder: join(made, 'temp'),
      },
      newlineKind: 'lf',
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
    packageJson: { name: manifest.name, version: manifest.version },
  })
  const errors: string[] = []
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.category === 'Compiler') errors.push(message.text)
      message.handled = true
    },
  })
  if (errors.length > 0) throw new Error(`API Extractor cannot read ${manifest.name}: ${errors.join('\n')}`)
  return readFile(join(made, reportFileName), 'utf8')
}

const COMPILER = {
  target: 'es2023',
  lib: ['es2023'],
  types: ['node'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  skipLibCheck: true,
}
