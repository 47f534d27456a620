import type { ConsoleSettings } from '../console/settings.ts'
import { button, byId, h } from './dom.ts'
import { decode } from './jwt.ts'
import { LoginWindow } from './login-window.ts'
import { NO_TOKEN, type Offer, spoilt } from './offer.ts'
import { type Session, signIn } from './sign-in.ts'
import { tokenCard } from './token-card.ts'

/** The tab in which people sign in. Returns what it has to send. */
export function startPeople(settings: ConsoleSettings, changed: () => void): () => readonly Offer[] {
  let session: Session | undefined
  let login: LoginWindow | undefined
  const error = byId('sign-in-error')
  const welcome = byId('welcome')
  const place = byId('people-tokens')
  const start = byId('sign-in')

  const show = (next: Session | undefined): void => {
    session = next
    welcome.hidden = next !== undefined
    place.replaceChildren(...(next === undefined ? [] : sessionView(next, settings, () => show(undefined))))
    changed()
    const landing = next === undefined ? start : place.querySelector('h3')
    landing?.focus()
  }

  const begin = async (window: LoginWindow): Promise<void> => {
    login = window
    try {
      show(await signIn(settings, window))
    } catch (problem) {
      // Of a sign-in that another one has replaced there is nothing to tell.
      if (login === window) tell(problem)
    } finally {
      if (login === window) login = undefined
      window.close()
    }
  }
  const tell = (problem: unknown): void => {
    error.textContent = problem instanceof Error ? problem.message : 'That did not work'
  }

  start.addEventListener('click', () => {
    if (login?.open) return login.focus()
    error.textContent = ''
    try {
      void begin(new LoginWindow())
    } catch (problem) {
      tell(problem)
    }
  })
  return () => offers(session)
}

function sessionView(session: Session, settings: ConsoleSettings, forget: () => void): HTMLElement[] {
  const who = decode(session.idToken)?.claims['sub']
  const name = typeof who === 'string' ? who : 'somebody'
  return [
    h(
      'div',
      { class: 'signed-in' },
      h('h3', { tabindex: '-1' }, `Signed in as ${name}`),
      button({ class: 'quiet' }, forget, 'Forget them'),
    ),
    h('p', { class: 'contrast' }, CONTRAST),
    h(
      'div',
      { class: 'cards' },
      tokenCard('Access token', 'For the API: what the app may do.', session.accessToken, settings),
      tokenCard('ID token', 'For the app: who signed in.', session.idToken, settings),
    ),
  ]
}

const CONTRAST =
  'One login, two tokens, two audiences: one for the API, one for the app. Each is refused where the other belongs.'

function offers(session: Session | undefined): readonly Offer[] {
  return [
    {
      label: 'Access token',
      says: 'made for this API',
      sent: 'the access token',
      token: session && (async () => session.accessToken),
    },
    {
      label: 'ID token',
      says: 'made for the app',
      sent: 'the ID token',
      token: session && (async () => session.idToken),
    },
    {
      label: 'Fewer scopes',
      says: 'less than it needs',
      sent: 'fewer scopes',
      token: session && ((route) => session.narrower(scopesWithout(session, route.needs))),
    },
    ...spoilt(session?.accessToken),
    NO_TOKEN,
  ]
}

/** What the access token was given for, less what the request needs. */
function scopesWithout({ accessToken }: Session, needs: readonly string[]): string {
  const scope = decode(accessToken)?.claims['scope']
  const granted = typeof scope === 'string' ? scope.split(' ') : []
  return ['openid', ...granted.filter((name) => !needs.includes(name))].join(' ')
}
