import type { ConsoleSettings } from '../console/settings.ts'
import { byId } from './dom.ts'
import { NO_TOKEN, type Offer } from './offer.ts'
import { tokenCard } from './token-card.ts'

/** The tab with a field for any token. Returns what it has to send. */
export function startPasted(settings: ConsoleSettings, changed: () => void): () => readonly Offer[] {
  const field = byId('pasted')
  const place = byId('pasted-tokens')
  const token = (): string => (field instanceof HTMLTextAreaElement ? field.value.trim() : '')

  field.addEventListener('input', () => {
    const card = tokenCard(
      'Pasted token',
      'Decoded, not verified: anybody could have written this.',
      token(),
      settings,
    )
    place.replaceChildren(...(token() === '' ? [] : [card]))
    changed()
  })
  return () => {
    const given = token()
    // A header field holds printable ASCII: what else is pasted cannot be sent at all.
    const sendable = /^[\x21-\x7e]+$/.test(given) ? async () => given : undefined
    return [
      { label: 'This token', says: 'as it was pasted', sent: 'the pasted token', token: sendable },
      NO_TOKEN,
    ]
  }
}
