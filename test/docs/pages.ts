import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A fenced block of a Markdown page. */
export interface Block {
  readonly page: string
  /** Number of its first line of code, from 1. */
  readonly line: number
  readonly language: string
  /** What stands behind the language: the name of a file, mostly. */
  readonly title: string
  readonly code: string
}

/** The landing page and all guides. The pages on moving over have tests of their own, against the packages that they move from. */
export const PAGES: readonly string[] = [
  'README.md',
  'SECURITY.md',
  ...readdirSync(`${ROOT}docs`, { recursive: true, encoding: 'utf8' })
    .filter((page) => page.endsWith('.md') && !/^(migration|\.vitepress)\b/.test(page))
    .map((page) => `docs/${page}`),
].sort()

export function readPage(page: string): string {
  return readFileSync(new URL(page, `file://${ROOT}`), 'utf8')
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = []
  let open: { line: number; language: string; title: string; code: string[] } | undefined
  for (const [index, text] of readPage(page).split('\n').entries()) {
    const fence = /^```(\S*) *(.*)$/.exec(text)
    if (fence === null) open?.code.push(text)
    else if (open === undefined)
      open = { line: index + 2, language: fence[1] ?? '', title: fence[2] ?? '', code: [] }
    else {
      blocks.push({ ...open, page, code: `${open.code.join('\n')}\n` })
      open = undefined
    }
  }
  return blocks
}
