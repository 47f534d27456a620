import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Token {
  type: string
  children: Token[] | null
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}

interface Markdown {
  core: {
    ruler: { push(name: string, rule: (state: { tokens: Token[]; env: { path?: string } }) => void): void }
  }
}

/**
 * Links to folders lead to their README, which is the folder's index on the site, and links to source files, which the site does not have, become plain text. Dead links are
 * left as they are: the build refuses them.
 */
export function sourceLinks(md: Markdown, root: string): void {
  md.core.ruler.push('source-links', ({ tokens, env }) => {
    const folder = dirname(env.path ?? join(root, 'README.md'))
    for (const { children } of tokens) if (children !== null) mendLinks(children, folder)
  })
}

function mendLinks(tokens: Token[], folder: string): void {
  const open: boolean[] = []
  for (const token of tokens) {
    if (token.type === 'link_open') open.push(mendLink(token, folder))
    else if (token.type === 'link_close' && open.pop() === true) silence(token)
  }
}

/** Whether the link became plain text. */
function mendLink(token: Token, folder: string): boolean {
  const href = token.attrGet('href') ?? ''
  const [path = ''] = decodeURI(href).split('#')
  if (path === '' || /^([a-z]+:|\/)/.test(path)) return false
  if (path.endsWith('.md')) {
    token.attrSet(
      'href',
      href.replace(/(^|\/)README\.md(?=#|$)/, (_, before: string) => before || './'),
    )
    return false
  }
  const place = join(folder, path)
  if (!existsSync(place)) return false
  if (statSync(place).isDirectory() && existsSync(join(place, 'README.md'))) {
    token.attrSet('href', href.replace(path, `${path.replace(/\/$/, '')}/`))
    return false
  }
  silence(token)
  return true
}

function silence(token: Token): void {
  token.type = 'text'
  Object.assign(token, { content: '', tag: '', nesting: 0 })
}
