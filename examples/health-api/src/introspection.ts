import { randomBytes } from 'node:crypto'
import type { Configuration } from 'oidc-provider'

/** An API as it is registered at the authorization server, so that it may ask about tokens. */
export interface RegisteredApi {
  readonly clientId: string
  /** Made at start: it is never written down. */
  readonly clientSecret: string
}

export function registerApi(): RegisteredApi {
  return { clientId: 'health-api', clientSecret: randomBytes(32).toString('base64url') }
}

/**
 * oidc-provider's configuration, with opaque access tokens in place of JWTs, which it says what they are when the API asks (RFC 7662,
 * signed by RFC 9701 where the API wants that), and which can be revoked (RFC 7009).
 */
export function withOpaqueTokens(
  configuration: Configuration,
  { clientId, clientSecret }: RegisteredApi,
): Configuration {
  const { features } = configuration
  const { getResourceServerInfo } = features.resourceIndicators
  return {
    ...configuration,
    clients: [
      ...configuration.clients,
      {
        client_id: clientId,
        client_secret: clientSecret,
        introspection_signed_response_alg: 'RS256',
        grant_types: [],
        response_types: [],
        redirect_uris: [],
      },
    ],
    features: {
      ...features,
      introspection: { enabled: true, allowedPolicy: (_context, client) => client.clientId === clientId },
      jwtIntrospection: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => client.clientId === token.clientId,
      },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (...asked) => ({
          ...getResourceServerInfo(...asked),
          accessTokenFormat: 'opaque',
        }),
      },
    },
  }
}
