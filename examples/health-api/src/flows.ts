import {
  type AuthorizationRequestOptions,
  beginAuthorization,
  finishAuthorization,
} from './authorization-request.ts'
import type { ServiceClient } from './clients.ts'
import type { CookieJar } from './cookie-jar.ts'
import { people } from './people.ts'
import { signInThroughForm } from './sign-in.ts'
import { requestToken, type TokenResponse } from './token-endpoint.ts'

/** A service's own access token (RFC 6749 §4.4), with every scope that it may have at that API. */
export async function clientCredentials(
  issuer: string,
  { clientId, clientSecret, scope }: ServiceClient,
  resource: string,
): Promise<TokenResponse> {
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  return requestToken(issuer, { grant_type: 'client_credentials', resource, scope }, { authorization })
}

/** A login in the health app (RFC 6749 §4.1, with PKCE), by one of the ready-made people: 'ada' or 'grace'. */
export async function authorizationCode(
  options: AuthorizationRequestOptions & { readonly username: string; readonly jar?: CookieJar },
): Promise<TokenResponse & { readonly id_token: string }> {
  const { username, scope, jar } = options
  const password = people.find((person) => person.username === username)?.password
  if (password === undefined) throw new Error(`Nobody here is called ${username}`)

  const request = await beginAuthorization({ ...options, scope: `openid ${scope}` })
  const callback = await signInThroughForm(request.url, request.redirectUri, { username, password }, jar)
  const { id_token, ...tokens } = await finishAuthorization(request, callback)
  if (id_token === undefined) throw new Error('The authorization server sent no ID token')
  return { ...tokens, id_token }
}
