import type { ConsoleSettings } from '../console/settings.ts'
import { fetchJson, requireText, text } from './http.ts'
import { base64url, decode } from './jwt.ts'
import type { LoginWindow } from './login-window.ts'

/** The tokens of one login. They are in this object and nowhere else. */
export interface Session {
  readonly accessToken: string
  readonly idToken: string
  /** Another access token of the same login, with these scopes alone (RFC 6749 §6). */
  narrower(scope: string): Promise<string>
}

interface Endpoints {
  readonly authorization: string
  readonly token: string
}

/** Fetches the issuer's metadata (OpenID Connect Discovery §4), and holds it to its own name. */
async function discover(issuer: string): Promise<Endpoints> {
  const metadata = await fetchJson(`${issuer}/.well-known/openid-configuration`)
  if (text(metadata, 'issuer') !== issuer) throw new Error('The metadata is that of another issuer')
  return {
    authorization: requireText(metadata, 'authorization_endpoint'),
    token: requireText(metadata, 'token_endpoint'),
  }
}

/** The authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636). Verifier, state and nonce never leave memory. */
export async function signIn(settings: ConsoleSettings, login: LoginWindow): Promise<Session> {
  const endpoints = await discover(settings.issuer)
  const { issuer, clientId, audience, scope } = settings
  const redirectUri = `${location.origin}/callback`
  const [verifier, state, nonce] = [random(), random(), random()]
  const request = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: `openid ${scope}`,
    resource: audience,
    state,
    nonce,
    // Whoever sits here is to choose each time as whom.
    prompt: 'login',
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
  }
  const answer = await login.visit(`${endpoints.authorization}?${new URLSearchParams(request)}`)
  const grant = {
    grant_type: 'authorization_code',
    code: codeIn(answer, state, issuer),
    redirect_uri: redirectUri,
    code_verifier: verifier,
    resource: audience,
  }
  return sessionOf(settings, endpoints, nonce, await redeem(endpoints, clientId, grant))
}

/** The code of the answer, if it is the answer to our request (RFC 9700 §4.7) from the issuer that we asked (RFC 9207). */
function codeIn(answer: URLSearchParams, state: string, issuer: string): string {
  if (answer.get('state') !== state)
    throw new Error('The answer belongs to another sign-in: its state differs')
  if (answer.get('iss') !== issuer) throw new Error('The answer comes from another issuer')
  const code = answer.get('code')
  if (code === null)
    throw new Error(answer.get('error_description') ?? answer.get('error') ?? 'No code came back')
  return code
}

function sessionOf(
  { issuer, clientId, audience }: ConsoleSettings,
  endpoints: Endpoints,
  nonce: string,
  tokens: unknown,
): Session {
  const idToken = requireText(tokens, 'id_token')
  // Straight from the token endpoint, so that its claims may be believed (OpenID Connect Core §3.1.3.7, rule 6).
  const { iss, aud, nonce: returned } = decode(idToken)?.claims ?? {}
  if (iss !== issuer || aud !== clientId)
    throw new Error('The ID token is not from this issuer, or not for this app')
  if (returned !== nonce) throw new Error('The ID token belongs to another sign-in: its nonce differs')

  let refreshToken = requireText(tokens, 'refresh_token')
  const refresh = async (scope: string): Promise<string> => {
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken, resource: audience, scope }
    const answer = await redeem(endpoints, clientId, grant)
    refreshToken = text(answer, 'refresh_token') ?? refreshToken
    return requireText(answer, 'access_token')
  }

  let latest: Promise<unknown> = Promise.resolve()
  return {
    accessToken: requireText(tokens, 'access_token'),
    idToken,
    narrower(scope) {
      // One after the other: a refresh token that is used twice ends the grant (RFC 9700 §4.14).
      const next = latest.catch(() => {}).then(() => refresh(scope))
      latest = next
      return next
    },
  }
}

function redeem(endpoints: Endpoints, clientId: string, grant: Record<string, string>): Promise<unknown> {
  const body = new URLSearchParams({ client_id: clientId, ...grant })
  return fetchJson(endpoints.token, { method: 'POST', body, credentials: 'omit' })
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return base64url(new Uint8Array(digest))
}
