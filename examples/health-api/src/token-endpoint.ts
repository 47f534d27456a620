/** A token endpoint's answer (RFC 6749 §5.1), with the ID token where `openid` was asked for. */
export interface TokenResponse {
  readonly access_token: string
  readonly token_type: string
  readonly scope?: string
  readonly id_token?: string
}

/** What the flows read of the issuer's metadata (OpenID Connect Discovery §3). */
export interface IssuerMetadata {
  readonly authorization_endpoint: string
  readonly token_endpoint: string
}

/** Fetches the issuer's metadata. */
export async function discover(issuer: string): Promise<IssuerMetadata> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`)
  return (await expectOk(response)) as IssuerMetadata
}

/** Posts a grant to the token endpoint; throws with the server's own words if it is refused. */
export async function requestToken(
  issuer: string,
  grant: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenResponse> {
  const { token_endpoint } = await discover(issuer)
  const response = await fetch(token_endpoint, { method: 'POST', headers, body: new URLSearchParams(grant) })
  return (await expectOk(response)) as TokenResponse
}

async function expectOk(response: Response): Promise<unknown> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`)
  return JSON.parse(text)
}
