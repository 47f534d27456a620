import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import type Provider from 'oidc-provider'
import type { Interaction } from 'oidc-provider'
import { CONTENT_SECURITY_POLICY, escapeHtml, page } from './html.ts'
import { loginForm } from './login-form.ts'
import { findPerson, type Person, signIn } from './people.ts'

/** Where oidc-provider sends people to sign in and to allow what the app asks for: one page does both. */
export function createLoginPage(provider: Provider): Router {
  const router = express.Router()

  router.get('/:uid', async (request, response) => {
    const interaction = await provider.interactionDetails(request, response)
    send(response, loginForm(interaction, signedIn(interaction)))
  })

  router.post('/:uid', express.urlencoded({ extended: false }), async (request, response) => {
    const interaction = await provider.interactionDetails(request, response)
    const form = formOf(request)
    if (form['answer'] === 'deny') {
      const refusal = { error: 'access_denied', error_description: 'The user did not allow it' }
      return provider.interactionFinished(request, response, refusal)
    }
    const person = signedIn(interaction) ?? signIn(form['username'], form['password'])
    if (!person) return send(response.status(401), loginForm(interaction, undefined, true))
    const consent = { grantId: await grant(provider, interaction, person) }
    const login = { accountId: person.username }
    return provider.interactionFinished(request, response, { login, consent })
  })

  router.use(gone)
  return router
}

/** Who signed in earlier, unless the app wants the login repeated. */
function signedIn({ prompt, session }: Interaction): Person | undefined {
  return prompt.name === 'login' ? undefined : findPerson(session?.accountId)
}

/** Grants what the app asked for, as far as the person's role goes, and refuses the rest. */
async function grant(provider: Provider, { params }: Interaction, person: Person): Promise<string> {
  const requested = params.scope?.split(' ') ?? []
  const granted = requested.filter((scope) => person.mayGrant.includes(scope))
  const rejected = requested.filter((scope) => !person.mayGrant.includes(scope))

  const record = new provider.Grant({ accountId: person.username, clientId: params.client_id })
  record.addOIDCScope(requested.join(' '))
  for (const resource of [params.resource ?? []].flat()) {
    record.addResourceScope(resource, granted.join(' '))
    record.rejectResourceScope(resource, rejected.join(' '))
  }
  return record.save()
}

function formOf(request: Request): Readonly<Record<string, unknown>> {
  return request.body ?? {}
}

function send(response: Response, html: string): void {
  response.set({
    'cache-control': 'no-store',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  response.type('html').send(html)
}

/** Without its cookie, or after ten minutes, an interaction is not found. */
const gone: ErrorRequestHandler = (error, _request, response, next) => {
  if (!error.expose) return next(error)
  const text = 'This sign-in is over, or it was begun in another browser. Start again from the app.'
  send(response.status(error.statusCode), page('Start again', `<p>${escapeHtml(text)}</p>`))
}
