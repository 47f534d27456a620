import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { slugOf } from '../../docs/.vitepress/slug.ts'
import { PAGES, ROOT, readPage } from './pages.ts'

const prose = (page: string) => readPage(page).replace(/^```[\s\S]*?^```/gm, '')
const anchors = (page: string) =>
  [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => slugOf(text))

/** Links within the repository: the build of the site follows those to pages, but neither to places in them nor to source files. */
const linksOf = (page: string) =>
  [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^\w+:/.test(link))

describe('links in the guides', () => {
  it.each(PAGES)('%s: all lead somewhere (ours)', (page) => {
    const dead = linksOf(page).filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(ROOT, target))) return true
      return anchor !== undefined && target.endsWith('.md') && !anchors(target).includes(anchor)
    })
    expect(dead).toEqual([])
  })

  it('docs/README.md leads to every guide, and with it the site (ours)', () => {
    // The pages on moving over have their own, which lists them.
    const listed = linksOf('docs/README.md')
      .filter((link) => link !== 'migration/README.md')
      .map((link) => `docs/${link}`)
    const guides = PAGES.filter((page) => /^docs\/(?!(adr|benchmarks)\/(?!README))/.test(page))
    expect(listed.sort()).toEqual(guides.filter((page) => page !== 'docs/README.md').sort())
  })
})
