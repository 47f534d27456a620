import type { Interaction } from 'oidc-provider'
import { scopesOf } from './catalogue.ts'
import { HEALTH_APP } from './clients.ts'
import { escapeHtml, page } from './html.ts'
import { type Person, people } from './people.ts'

/** The page that asks who is there, unless `person` is known, and whether the app may have what it asks for. */
export function loginForm({ params }: Interaction, person: Person | undefined, wrong = false): string {
  const app = escapeHtml(params.client_id === HEALTH_APP.clientId ? HEALTH_APP.name : params.client_id)
  return page(
    `Sign in to ${app}`,
    `${wrong ? '<p role="alert">That username or password is wrong.</p>' : ''}
<p>${app} asks to:</p>
<ul>
${scopeItems(params.scope, [params.resource ?? []].flat())}
</ul>
<p class="soft">Your role decides which of these it gets.</p>
${person ? '' : readyMade()}
<form method="post">
${person ? `<p>You are signed in as ${escapeHtml(person.name)}.</p>` : credentials()}
<button class="main" name="answer" value="allow">${person ? 'Allow' : 'Sign in and allow'}</button>
<button name="answer" value="deny" formnovalidate>Cancel</button>
</form>`,
  )
}

/** Each ready-made person is a form that is filled in already: one click posts what anybody could type. */
function readyMade(): string {
  const forms = people.map(
    ({ username, password, name, role }) => `<form method="post">
<input type="hidden" name="username" value="${username}"><input type="hidden" name="password" value="${password}">
<button name="answer" value="allow">${name}, ${role}</button>
</form>`,
  )
  return `<h2>As someone ready-made</h2><div class="people">${forms.join('\n')}</div><h2>By name</h2>`
}

function credentials(): string {
  const known = people.map(({ username, password }) => `${username} / ${password}`).join(', ')
  return `<label for="username">Username</label>
<input id="username" name="username" autocomplete="username" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<p class="soft">${known}</p>`
}

function scopeItems(scope: string | undefined, audiences: readonly string[]): string {
  const requested = scope?.split(' ') ?? []
  return audiences
    .flatMap((audience) => Object.entries(scopesOf(audience) ?? {}))
    .filter(([name]) => requested.includes(name))
    .map(([name, description]) => `<li>${escapeHtml(description)} <code>${escapeHtml(name)}</code></li>`)
    .join('\n')
}
