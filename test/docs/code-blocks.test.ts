import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Block, blocksOf, PAGES, ROOT } from './pages.ts'
import { isProgramWide, PRESUMED, presumedBy } from './presumed.ts'

/** Here, so that blocks find what the tests depend on. They are compiled against what would be published, as users' code is. */
const WORKSHOP = join(ROOT, 'test/.build/docs')
const CODE = ['ts', 'js']

const all = PAGES.flatMap(blocksOf).filter(({ language }) => CODE.includes(language))
/** Those that import what stands beside them are files of an example, where they are compiled and run. */
const isFile = ({ code }: Block): boolean => / from '\.\/[^']+'$/m.test(code)
const blocks = all.filter((block) => !isFile(block))

/** Puts blocks on the lines on which they stand in their pages, so that the compiler names those. */
function compile(name: string, given: readonly Block[]): string {
  const folder = join(WORKSHOP, name)
  rmSync(folder, { recursive: true, force: true })
  const files = given.map(({ page, line, language, code }) => ({
    file: `${page}.${line}.${language}`,
    text: `${presumedBy(code)}${'\n'.repeat(line - 1)}${code}export {}\n`,
  }))
  const options = { extends: '../../../../tsconfig.base.json', compilerOptions: COMPILER_OPTIONS }
  files.push({ file: 'presumed.d.ts', text: PRESUMED })
  files.push({ file: 'tsconfig.json', text: JSON.stringify(options) })
  for (const { file, text } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const { stdout, status } = spawnSync(
    join(ROOT, 'node_modules/.bin/tsc'),
    ['-p', folder, '--pretty', 'false'],
    {
      encoding: 'utf8',
      cwd: folder,
    },
  )
  return `${stdout}exit ${status}`
}

const COMPILER_OPTIONS = {
  customConditions: [],
  composite: false,
  noEmit: true,
  allowJs: true,
  checkJs: true,
  noUnusedLocals: false,
  noUnusedParameters: false,
}

describe('code in the guides', () => {
  afterAll(() => rmSync(WORKSHOP, { recursive: true, force: true }))

  it('compiles, as it stands (ours)', () => {
    const ordinary = blocks.filter(({ code }) => !isProgramWide(code))
    expect(compile('together', ordinary)).toBe('exit 0')
  })

  it('is a file of an example, whole, where it imports what stands beside it (ours)', () => {
    const files = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(ROOT, 'examples', name, 'src'))
      .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(file, 'utf8'))
    for (const { code } of all.filter(isFile)) expect(files).toContain(code)
  })

  it.each(blocks.filter(({ code }) => isProgramWide(code)))(
    'compiles in $page, line $line (ours)',
    (block) => {
      expect(compile(`alone-${block.line}`, [block])).toBe('exit 0')
    },
  )
})
