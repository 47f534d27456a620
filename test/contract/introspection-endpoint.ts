/** Opaque tokens by their text, and what the issuer of the contract says of them. Of any other it says that it is not active. */
export const OPAQUE_TOKENS: Readonly<Record<string, (api: string) => string>> = {
  'opaque-good': (aud) => active({ aud, client_id: 'portal', sub: 'user-1', scope: 'read:patients' }),
  'opaque-machine': (aud) => active({ aud, client_id: 'portal', sub: 'portal' }),
  'opaque-elsewhere': () => active({ aud: 'urn:billing', client_id: 'portal', sub: 'user-1' }),
  'opaque-expired': (aud) => active({ aud, client_id: 'portal', exp: 1 }),
  'opaque-bound': (aud) => active({ aud, client_id: 'portal', cnf: { jkt: 'x' } }),
  'opaque-refresh': (aud) => active({ aud, client_id: 'portal', token_use: 'refresh_token' }),
  'opaque-text': (aud) => JSON.stringify({ active: 'true', aud }),
  'opaque-page': () => '<html>Sign in</html>',
}

const active = (claims: object): string => JSON.stringify({ active: true, ...claims })

/** An introspection endpoint (RFC 7662 §2) without a network: the contract is about what an adapter writes. */
export function introspectionEndpoint(api: string) {
  return async (_url: string, { body }: RequestInit): Promise<Response> => {
    const token = new URLSearchParams(String(body)).get('token') ?? ''
    const answer = OPAQUE_TOKENS[token]?.(api) ?? '{"active":false}'
    return new Response(answer, { headers: { 'content-type': 'application/json' } })
  }
}
