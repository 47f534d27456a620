import type { Check, Explanation } from './api.ts'
import { h, prose } from './dom.ts'

const SIGNS: Readonly<Record<Check['status'], string>> = {
  passed: '✓',
  failed: '✗',
  unverified: '?',
  'not reached': '–',
}

/** What to do about it, and every check with what it found. */
export function whyView({ reason, checks }: Explanation): HTMLElement[] {
  const last = checks.findLastIndex(({ status }) => status !== 'not reached') + 1
  return [
    reason === undefined ? undefined : h('p', { class: 'hint' }, ...prose(reason.hint)),
    h(
      'table',
      { class: 'checks' },
      h('caption', { class: 'visually-hidden' }, 'Every check that the API put to the token'),
      h('thead', { class: 'visually-hidden' }, h('tr', {}, ...['Result', 'Check', 'Found'].map(columnHead))),
      h('tbody', {}, ...checks.slice(0, last).map(checkRow)),
    ),
    checks.some(({ status }) => status === 'unverified') ? h('p', { class: 'says' }, UNVERIFIED) : undefined,
    last < checks.length ? h('p', { class: 'says' }, notReached(checks.length - last)) : undefined,
  ].filter((part) => part !== undefined)
}

const UNVERIFIED = '? would pass, and proves nothing: the signature does not hold.'

function notReached(count: number): string {
  return count === 1 ? 'One more check was not reached.' : `${count} more checks were not reached.`
}

function columnHead(title: string): HTMLElement {
  return h('th', { scope: 'col' }, title)
}

function checkRow({ title, status, expected, actual }: Check): HTMLElement {
  return h(
    'tr',
    { class: status.replace(' ', '-') },
    h('td', { class: 'sign' }, h('span', { 'aria-hidden': 'true' }, SIGNS[status]), hidden(status)),
    h('th', { scope: 'row' }, title),
    h('td', {}, ...prose(found(status, expected, actual))),
  )
}

function hidden(text: string): HTMLElement {
  return h('span', { class: 'visually-hidden' }, text)
}

function found(status: Check['status'], expected: string | undefined, actual: string | undefined): string {
  if (status === 'not reached') return 'not reached'
  if (expected === undefined) return actual ?? ''
  return actual === undefined ? `expected ${expected}` : `expected ${expected}, got ${actual}`
}
