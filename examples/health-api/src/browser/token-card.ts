import type { ConsoleSettings } from '../console/settings.ts'
import { type ClaimRow, claimRows, headerRows } from './claims.ts'
import { h } from './dom.ts'
import { decode } from './jwt.ts'

/** A token, decoded: header and payload, each member with its meaning. */
export function tokenCard(
  title: string,
  says: string,
  token: string,
  settings: ConsoleSettings,
): HTMLElement {
  const decoded = decode(token)
  const forApp = decoded?.claims['aud'] === settings.clientId
  const parts =
    decoded === undefined
      ? [h('p', { class: 'says' }, 'This is no JWT: only its issuer can tell what is in it.')]
      : [
          h('h4', {}, 'Header'),
          list(headerRows(decoded.header, settings)),
          h('h4', {}, 'Payload'),
          list(claimRows(decoded.claims, settings)),
        ]
  return h(
    'article',
    { class: forApp ? 'card token for-app' : 'card token' },
    h('h3', {}, title),
    h('p', { class: 'purpose' }, says),
    ...parts,
  )
}

function list(rows: readonly ClaimRow[]): HTMLElement {
  return h('dl', { class: 'claims' }, ...rows.map(entry))
}

/** Random values may break anywhere; names and addresses where they can be read. */
const OPAQUE = /^[\w-]{20,}$/

function entry({ name, value, says, decisive }: ClaimRow): HTMLElement {
  return h(
    'div',
    decisive ? { class: 'decisive' } : {},
    h('dt', {}, name),
    value === undefined
      ? h('dd', { class: 'absent' }, 'not there')
      : h('dd', { class: OPAQUE.test(value) ? 'value opaque' : 'value' }, value),
    says === '' ? undefined : h('dd', { class: 'says' }, says),
  )
}
