import { createHash, randomBytes } from 'node:crypto'
import { HEALTH_APP } from './clients.ts'
import { discover, requestToken, type TokenResponse } from './token-endpoint.ts'

export interface AuthorizationRequestOptions {
  readonly issuer: string
  /** Resource indicator (RFC 8707): the API that the access token shall be for. */
  readonly resource: string
  /** Space-separated; with `openid` an ID token comes along. */
  readonly scope: string
  /** Default: `http://127.0.0.1/callback`; any port may be added. */
  readonly redirectUri?: string
}

/** An authorization request under way: the URL to open in a browser, and what redeeming its code takes. */
export interface AuthorizationRequest {
  readonly url: string
  readonly issuer: string
  readonly resource: string
  readonly redirectUri: string
  readonly codeVerifier: string
  readonly state: string
  readonly nonce: string
}

/** The health app's authorization request, with PKCE (RFC 7636). */
export async function beginAuthorization(
  options: AuthorizationRequestOptions,
): Promise<AuthorizationRequest> {
  const { issuer, resource, scope, redirectUri = HEALTH_APP.redirectUri } = options
  const { authorization_endpoint } = await discover(issuer)
  const [codeVerifier, state, nonce] = [random(), random(), random()]
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: HEALTH_APP.clientId,
    redirect_uri: redirectUri,
    scope,
    resource,
    state,
    nonce,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return {
    url: `${authorization_endpoint}?${query}`,
    issuer,
    resource,
    redirectUri,
    codeVerifier,
    state,
    nonce,
  }
}

/** Redeems the code in the URL that the browser was sent back to. */
export async function finishAuthorization(
  request: AuthorizationRequest,
  callback: string,
): Promise<TokenResponse> {
  const { issuer, resource, redirectUri, codeVerifier, state, nonce } = request
  const answer = new URL(callback).searchParams
  if (answer.get('state') !== state) throw new Error('The answer belongs to another authorization request')
  if (answer.get('iss') !== issuer) throw new Error('The answer comes from another issuer (RFC 9207)')
  const code = answer.get('code')
  if (!code) throw new Error(`${answer.get('error')}: ${answer.get('error_description')}`)

  const tokens = await requestToken(issuer, {
    grant_type: 'authorization_code',
    client_id: HEALTH_APP.clientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
    resource,
  })
  if (tokens.id_token && nonceOf(tokens.id_token) !== nonce) {
    throw new Error('The ID token belongs to another login')
  }
  return tokens
}

function nonceOf(idToken: string): unknown {
  const payload: unknown = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())
  return (payload as { nonce?: unknown }).nonce
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
