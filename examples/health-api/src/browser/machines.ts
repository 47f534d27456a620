import type { ConsoleSettings } from '../console/settings.ts'
import { choice, chosenIn } from './choice.ts'
import { byId } from './dom.ts'
import { ask, requireText } from './http.ts'
import { NO_TOKEN, type Offer, spoilt } from './offer.ts'
import { tokenCard } from './token-card.ts'

/** The tab of services that call in their own name. Returns what it has to send. */
export function startMachines(settings: ConsoleSettings, changed: () => void): () => readonly Offer[] {
  let token: string | undefined
  const error = byId('machine-error')
  const place = byId('machine-tokens')
  const choices = byId('machine-choices')
  choices.append(
    ...settings.machines.map(({ id, clientId, says }, index) =>
      choice('machine', id, clientId, says, index === 0),
    ),
  )

  byId('machine-get').addEventListener('click', () => {
    error.textContent = ''
    ask('machine-token', { machine: chosenIn(choices) })
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
