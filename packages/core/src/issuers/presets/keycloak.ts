import { ConfigurationError } from '../../errors.ts'
import { show } from '../../text.ts'
import { isTypedForApis } from '../../token/kind.ts'
import { member, strings } from '../../token/mapping.ts'
import { isFetchable } from '../../upstream/fetchable.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireName } from './preset.ts'

/** A realm of Keycloak. */
export interface KeycloakOptions extends CommonOptions {
  /** Where Keycloak stands, with its path if it has one: `https://sso.example.com`. */
  readonly url: string
  readonly realm: string
  /** The client under which this API has roles of its own; they join the realm's. */
  readonly client?: string | undefined
}

/**
 * Keycloak. Only the payload's `typ` `Bearer` or `DPoP` makes an access token. Roles are the realm's, and those of `client`. A service
 * account is a client: its user is named after it, and has no session.
 *
 * @throws ConfigurationError where `url` or `realm` is none
 */
export function keycloak(options: KeycloakOptions): IssuerOptions {
  const common = commonOptions('keycloak', options, ['url', 'realm', 'client'])
  const { url, client } = options
  if (typeof url !== 'string' || !isFetchable(url))
    throw new ConfigurationError('keycloak.url', `is ${show(url)}`, 'Give its https address, without /realms')
  return {
    ...common(),
    issuer: `${url.replace(/\/+$/, '')}/realms/${requireName(options.realm, 'keycloak.realm')}`,
    tokenKind: (claims, header) =>
      isTypedForApis(header) && (claims['typ'] === 'Bearer' || claims['typ'] === 'DPoP'),
    mapping: {
      roles: ({ realm_access: realm, resource_access: resources }) => [
        ...strings(member(realm, 'roles')),
        ...(client === undefined ? [] : strings(member(member(resources, client), 'roles'))),
      ],
      principal({ preferred_username: name, azp, sid }) {
        const machine = azp !== undefined && name === `service-account-${azp.toLowerCase()}`
        // A service account that was given a refresh token has a session, as a user has.
        if (sid === undefined) return machine ? 'client' : undefined
        return typeof name === 'string' && name.startsWith('service-account-') ? 'unknown' : 'user'
      },
    },
  }
}
