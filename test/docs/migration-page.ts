import { readFileSync } from 'node:fs'
import type { Difference, Peer } from '../migration/peer.ts'
import { REQUEST_NAMES } from '../migration/requests.ts'

const here = new URL('./', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, here), 'utf8')

/** Where the page of a package is, seen from this folder. */
export const pageOf = ({ folder }: Pick<Peer, 'folder'>) => `../../docs/migration/${folder}.md`

/**
 * The page of a package with the parts that are made written anew: the versions, the code that test/migration runs, and the
 * differences that it found. What people wrote around them stays.
 */
export function migrationPage(peer: Peer): string {
  return fill(read(pageOf(peer)), {
    versions: `Compared: ${versions(peer)}, as documented.`,
    before: code(peer, 'before.js'),
    after: code(peer, 'after.ts'),
    changes: changes(peer),
  })
}

/** The index with its table of pages written anew. */
export function migrationIndex(peers: readonly Peer[]): string {
  const rows = peers.map(({ folder, packages, differences }) => {
    const count = (which: (difference: Difference) => boolean) =>
      `${differences.filter(which).flatMap(({ requests }) => requests).length}`
    return [
      `[${packages.map(named).join(', ')}](${folder}.md)`,
      versions({ packages }),
      count(isRefusedNow),
      count(isAdmittedNow),
    ]
  })
  const head = ['from', 'compared', 'requests refused from now on', 'requests admitted from now on']
  return fill(read('../../docs/migration/README.md'), { pages: table(head, rows) })
}

/** Puts each part between `<!-- name -->` and `<!-- /name -->`. */
function fill(page: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->\n`]
    const [from, to] = [text.indexOf(open), text.indexOf(close)]
    if (from === -1 || to < from) throw new TypeError(`the page has no place for ${name}: ${open}${close}`)
    return `${text.slice(0, from + open.length)}${part.trimEnd()}\n${text.slice(to)}`
  }, page)
}

function versions({ packages }: Pick<Peer, 'packages'>): string {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(read('../package.json'))
  return packages.map((name) => `${named(name)} ${dependencies[name]}`).join(', ')
}

const named = (name: string) => `\`${name}\``

function code({ folder }: Peer, file: string): string {
  const language = file.endsWith('.ts') ? 'ts' : 'js'
  return `\`\`\`${language}\n${read(`../migration/${folder}/${file}`)}\`\`\`\n`
}

const isRefusedNow = ({ before }: Difference) => before === '200'
const isAdmittedNow = ({ after }: Difference) => after === '200'

function changes({ differences, notAsked }: Peer): string {
  const refused = differences.filter(isRefusedNow)
  const admitted = differences.filter(isAdmittedNow)
  const otherwise = differences.filter((one) => !isRefusedNow(one) && !isAdmittedNow(one))
  const asked = REQUEST_NAMES.length - (notAsked?.requests.length ?? 0)
  const same = asked - differences.flatMap(({ requests }) => requests).length
  return [
    '### Refused from now on',
    table(
      ['request', 'now', 'why'],
      refused.map((one) => [requestsIn(one), answer(one.after), one.why]),
    ),
    '### Admitted from now on',
    table(
      ['request', 'before', 'why'],
      admitted.map((one) => [requestsIn(one), answer(one.before), one.why]),
    ),
    '### Refused before and now, in other words',
    table(
      ['request', 'before', 'now', 'why'],
      otherwise.map((one) => [requestsIn(one), answer(one.before), answer(one.after), one.why]),
    ),
    `Of the ${asked} requests that were compared, the other ${same} are answered alike.`,
    ...without(notAsked),
  ].join('\n\n')
}

function without(notAsked: Peer['notAsked']): string[] {
  if (notAsked === undefined) return []
  const list = notAsked.requests.map((name) => `- ${text(name)}`)
  return [`${notAsked.why}, so that these were not asked:`, list.join('\n')]
}

const requestsIn = ({ requests }: Difference) => text(requests.join('; '))

/** A challenge as code, the rest as words. */
function answer(summary: string): string {
  return summary.replace(/Bearer[^,]*/, (challenge) => `\`${challenge}\``)
}

const text = (words: string) => words.replaceAll('<', '\\<')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
