import type { ConsoleSettings } from '../console/settings.ts'
import { byId, h } from './dom.ts'
import { ask, requireText } from './http.ts'
import { NO_TOKEN, type Offer, spoilt } from './offer.ts'
import { tokenCard } from './token-card.ts'

type Machine = ConsoleSettings['machines'][number]

/** The tab of services that call in their own name. Returns what it has to send. */
export function startMachines(settings: ConsoleSettings, changed: () => void): () => readonly Offer[] {
  let token: string | undefined
  const error = byId('machine-error')
  const place = byId('machine-tokens')
  const choices = byId('machine-choices')
  choices.append(...settings.machines.map(choice))

  byId('machine-get').addEventListener('click', () => {
    error.textContent = ''
    const machine = choices.querySelector<HTMLInputElement>('input:checked')?.value
    ask('machine-token', { machine })
      .then((answer) => {
        token = requireText(answer, 'access_token')
        const says = 'For the API, in the name of the service itself: there is no user, and no ID token.'
        place.replaceChildren(tokenCard('Access token', says, token, settings))
        changed()
      })
      .catch((problem: Error) => {
        error.textContent = problem.message
      })
  })

  return () => {
    const own = token
    const access = own === undefined ? undefined : async () => own
    return [
      { label: 'Access token', says: 'of the service', sent: "the service's token", token: access },
      ...spoilt(own),
      NO_TOKEN,
    ]
  }
}

function choice({ id, clientId, says }: Machine, index: number): HTMLElement {
  const checked: Record<string, string> = index === 0 ? { checked: '' } : {}
  const input = h('input', { type: 'radio', name: 'machine', value: id, ...checked })
  return h('label', { class: 'choice' }, input, h('code', {}, clientId), h('span', { class: 'says' }, says))
}
