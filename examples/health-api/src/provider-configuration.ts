import { randomBytes } from 'node:crypto'
import type { AccessTokenEncryption, Configuration } from 'oidc-provider'
import { clientMetadata, HEALTH_APP, type ServiceClients, scopesFor } from './clients.ts'
import { escapeHtml, page } from './html.ts'
import { findPerson } from './people.ts'
import type { SigningKeys } from './signing-keys.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** oidc-provider's configuration: JWT access tokens per resource indicator (RFC 8707, RFC 9068), PKCE for all. */
export function providerConfiguration(
  services: ServiceClients,
  { jwks }: SigningKeys,
  InvalidTarget: new () => Error,
  encrypt?: AccessTokenEncryption,
): Configuration {
  return {
    clients: clientMetadata(services),
    jwks,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name'] },
    pkce: { required: () => true },
    // The token console redeems its codes from a page on another port of this address.
    clientBasedCORS: (_context, origin, { clientId }) =>
      clientId === HEALTH_APP.clientId && /^http:\/\/127\.0\.0\.1(:\d+)?$/.test(origin),
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, audience, { clientId }) => {
          const scope = scopesFor(clientId, audience, services)
          if (scope === undefined) throw new InvalidTarget()
          const jwt = { sign: { alg: 'RS256' as const }, ...(encrypt && { encrypt }) }
          return { audience, scope, accessTokenFormat: 'jwt', accessTokenTTL: HOUR, jwt }
        },
      },
    },
    findAccount: (_context, accountId) => {
      const person = findPerson(accountId)
      return person && { accountId, claims: () => ({ sub: accountId, name: person.name }) }
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    renderError: (context, { error, error_description: description = '' }) => {
      context.type = 'html'
      context.body = page('That did not work', `<p>${escapeHtml(error)}: ${escapeHtml(description)}</p>`)
    },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: MINUTE,
      ClientCredentials: HOUR,
      Grant: HOUR,
      IdToken: HOUR,
      RefreshToken: HOUR,
      Interaction: 10 * MINUTE,
      Session: HOUR,
    },
  }
}
