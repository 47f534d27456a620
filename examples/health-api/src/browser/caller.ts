import type { ConsoleSettings } from '../console/settings.ts'
import { answerView, verdictLine } from './answer-view.ts'
import { call, explain, type Route } from './api.ts'
import { choice, chosenIn } from './choice.ts'
import { button, byId, type Child, h } from './dom.ts'
import type { Offer } from './offer.ts'

/** The half of the page that calls the API. Returns how to show other buttons. */
export function startCaller({ routes }: ConsoleSettings): (offers: readonly Offer[]) => void {
  const choices = byId('routes')
  const place = byId('offers')
  choices.append(
    ...routes.map(({ method, path, needs }, index) =>
      choice('route', `${index}`, `${method} ${path}`, `needs ${needs.join(' ')}`, index === 0),
    ),
  )
  const chosen = (): Route | undefined => routes[Number(chosenIn(choices))]

  return (offers) => {
    place.replaceChildren(...offers.map((offer) => offerButton(offer, chosen)))
    byId('offers-wait').hidden = offers.every(({ token }) => token !== undefined)
  }
}

function offerButton(offer: Offer, chosen: () => Route | undefined): HTMLElement {
  const { label, says, token } = offer
  const attributes: Record<string, string> = token === undefined ? { disabled: '' } : {}
  const send = (): void => {
    const route = chosen()
    if (route !== undefined) void answer(offer, route)
  }
  return button({ class: 'offer', ...attributes }, send, h('span', {}, label), h('small', {}, says))
}

/** Sends it, and shows what came back. The answer to the latest click is the one that stays. */
async function answer({ sent, token }: Offer, route: Route): Promise<void> {
  const mine = ++latest
  const region = byId('answer-region')
  region.ariaBusy = 'true'
  const parts = await exchange({ sent, token }, route).catch((problem: Error) => ({
    line: [problem.message],
    answer: [],
  }))
  if (mine !== latest) return
  byId('status').replaceChildren(...parts.line)
  byId('answer').replaceChildren(...parts.answer)
  region.ariaBusy = 'false'
  byId('status').scrollIntoView({ block: 'nearest' })
}

let latest = 0

async function exchange(
  { sent, token }: Pick<Offer, 'sent' | 'token'>,
  route: Route,
): Promise<{ line: Child[]; answer: HTMLElement[] }> {
  const given = await token?.(route)
  const [seen, explanation] = await Promise.all([call(route, given), explain(route, given)])
  return {
    line: verdictLine(route, `with ${sent}`, seen, explanation),
    answer: answerView(seen, explanation),
  }
}
