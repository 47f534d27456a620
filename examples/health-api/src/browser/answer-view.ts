import type { Answer, Explanation, Route } from './api.ts'
import { meaningOf, readChallenge } from './challenge.ts'
import { type Child, h, prose } from './dom.ts'
import { whyView } from './why-view.ts'

/** The verdict in one line, for the status region. */
export function verdictLine(
  { method, path }: Route,
  sent: string,
  { status, phrase }: Answer,
  explanation: Explanation,
): Child[] {
  return [
    h('span', { class: status < 400 ? 'status good' : 'status bad' }, `${status} ${phrase}`),
    ' ',
    h('span', { class: 'request' }, `${method} ${path}`),
    ' ',
    h('span', { class: 'sent' }, sent),
    ' ',
    h('span', { class: 'verdict' }, ...prose(verdict(explanation))),
  ]
}

/** The whole answer: challenge, body, and why. */
export function answerView({ challenge, body }: Answer, explanation: Explanation): HTMLElement[] {
  return [
    h('h3', {}, 'WWW-Authenticate'),
    challenge === undefined
      ? h('p', { class: 'says' }, 'None: nothing is asked of the caller.')
      : challengeView(challenge),
    h('h3', {}, 'Body'),
    body === ''
      ? h('p', { class: 'says' }, 'Empty.')
      : h('pre', { tabindex: '0', 'aria-label': 'Body' }, pretty(body)),
    h('h3', {}, 'Why'),
    ...whyView(explanation),
  ]
}

function verdict({ admitted, kind, reason }: Explanation): string {
  return `${admitted ? 'Admitted' : `Refused, \`${reason?.code ?? 'a function threw'}\``}: this is ${kind}.`
}

function challengeView(field: string): HTMLElement {
  const { scheme, parameters } = readChallenge(field)
  const row = (name: string, value: string, says: string): HTMLElement =>
    h('div', {}, h('dt', {}, name), h('dd', { class: 'value' }, value), h('dd', { class: 'says' }, says))
  const bare = parameters.some(([name]) => name === 'error')
    ? 'Send an access token in the Authorization field.'
    : 'Send an access token. No error is told: none was sent (RFC 6750 §3.1).'
  return h(
    'dl',
    { class: 'claims challenge' },
    row('scheme', scheme, bare),
    ...parameters.map(([name, value]) => row(name, value, meaningOf(name, value))),
  )
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2)
  } catch {
    return body
  }
}
