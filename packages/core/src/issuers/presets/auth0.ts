import { isMachineToken } from '../../token/principal.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireHost } from './preset.ts'

/** An Auth0 tenant, with either profile of access tokens. */
export interface Auth0Options extends CommonOptions {
  /** The tenant's domain, or its custom domain where tokens are issued under that: `my-tenant.eu.auth0.com`. */
  readonly domain: string
}

/**
 * Auth0. Permissions come from RBAC's `permissions`, apart from scopes. A client in its own name is told by its grant (`gty`) or its
 * subject (`<client id>@clients`); everyone else is a user.
 *
 * @throws ConfigurationError where `domain` is no host
 */
export function auth0(options: Auth0Options): IssuerOptions {
  const common = commonOptions('auth0', options, ['domain'])
  return {
    ...common(),
    issuer: `https://${requireHost(options.domain, 'auth0.domain')}/`,
    mapping: {
      principal: (claims, client) =>
        isMachineToken(claims, client) ? 'client' : claims.sub?.includes('|') ? 'user' : undefined,
    },
  }
}
