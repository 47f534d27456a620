import { randomBytes } from 'node:crypto'
import type { ClientMetadata } from 'oidc-provider'
import { scopesOf } from './catalogue.ts'

/** A service that calls the API on its own behalf, with the scopes it may ask for. */
export interface ServiceClient {
  readonly clientId: string
  /** Made at start: it is never written down. */
  readonly clientSecret: string
  readonly scope: string
}

/** The services registered at the authorization server. */
export interface ServiceClients {
  readonly reporting: ServiceClient
  /** The only client that the health API lets into `/api/admin`. */
  readonly adminConsole: ServiceClient
  /** It may ask for `read:admin`, and the health API still turns it away there. */
  readonly auditScript: ServiceClient
}

/** The app in which people sign in. Any port of the loopback address may follow (RFC 8252 §7.3). */
export const HEALTH_APP = {
  clientId: 'health-app',
  name: 'Health app',
  redirectUri: 'http://127.0.0.1/callback',
  scope: 'read:patients write:patients',
} as const

/** Makes the service clients, each with a fresh secret. */
export function createServiceClients(): ServiceClients {
  return {
    reporting: service('reporting-service', 'read:patients'),
    adminConsole: service('admin-console', 'read:admin'),
    auditScript: service('audit-script', 'read:admin'),
  }
}

/** What oidc-provider is told about the clients. */
export function clientMetadata(services: ServiceClients): ClientMetadata[] {
  return [
    {
      client_id: HEALTH_APP.clientId,
      client_name: HEALTH_APP.name,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: [HEALTH_APP.redirectUri],
    },
    ...Object.values(services).map(
      ({ clientId, clientSecret }: ServiceClient): ClientMetadata => ({
        client_id: clientId,
        client_secret: clientSecret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      }),
    ),
  ]
}

/** The scopes of an API that a client may ask for; undefined for an API that is not served here. */
export function scopesFor(clientId: string, audience: string, services: ServiceClients): string | undefined {
  const offered = scopesOf(audience)
  const clients: { clientId: string; scope: string }[] = [HEALTH_APP, ...Object.values(services)]
  const allowed = clients.find((client) => client.clientId === clientId)?.scope.split(' ') ?? []
  return offered && allowed.filter((scope) => Object.hasOwn(offered, scope)).join(' ')
}

function service(clientId: string, scope: string): ServiceClient {
  return { clientId, clientSecret: randomBytes(32).toString('base64url'), scope }
}
