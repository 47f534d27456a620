import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineConfig } from 'vitepress'
import { slugOf } from './slug.ts'
import { sourceLinks } from './source-links.ts'

/** The site is the repository's own Markdown, each page in its place, so that one link works here and in the repository. */
const root = resolve(import.meta.dirname, '../..')

export default defineConfig({
  title: 'Gatewarden',
  description: 'API protection for resource servers in Node.js',
  srcDir: '..',
  srcExclude: ['**/CHANGELOG.md', '.changeset/**', 'test/**'],
  rewrites: (page) => page.replace(/README\.md$/, 'index.md'),
  cleanUrls: true,
  markdown: { anchor: { slugify: slugOf }, config: (md) => md.use(sourceLinks, root) },
  themeConfig: {
    search: { provider: 'local' },
    sidebar: sidebar(readFileSync(join(root, 'docs/README.md'), 'utf8')),
    nav: [
      { text: 'Guide', link: '/docs/' },
      { text: 'Options', link: '/docs/options' },
      { text: 'Reasons', link: '/docs/reasons' },
    ],
  },
})

/** The chapters of docs/README.md, which lists every page. */
function sidebar(contents: string) {
  return contents
    .split(/^## /m)
    .slice(1)
    .map((chapter) => ({
      text: chapter.slice(0, chapter.indexOf('\n')),
      items: [...chapter.matchAll(/^- \[([^\]]+)\]\(([^)]+)\)/gm)].map(([, text = '', page = '']) => ({
        text,
        link: new URL(page.replace(/(README)?\.md$/, ''), 'site:/docs/').pathname,
      })),
    }))
}
