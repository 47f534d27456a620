import { spaced, strings } from '../../token/mapping.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireHost, requireName } from './preset.ts'

/** A custom authorization server of Okta. */
export interface OktaOptions extends CommonOptions {
  /** `my-org.okta.com`, or a custom domain. */
  readonly domain: string
  /** The id of a custom authorization server. Default: `default`. Tokens of the org's own server are for Okta's API, not for yours. */
  readonly authorizationServer?: string | undefined
}

/**
 * Okta. The client is `cid`, scopes are `scp`, `groups` are roles; a token with `uid` has a user behind it.
 *
 * @throws ConfigurationError where `domain` is no host
 */
export function okta(options: OktaOptions): IssuerOptions {
  const common = commonOptions('okta', options, ['domain', 'authorizationServer'])
  const { domain, authorizationServer = 'default' } = options
  const server = requireName(authorizationServer, 'okta.authorizationServer')
  return {
    ...common(),
    issuer: `https://${requireHost(domain, 'okta.domain')}/oauth2/${server}`,
    mapping: {
      requires: ['cid'],
      client: ({ cid }) => (typeof cid === 'string' ? cid : undefined),
      scopes: ({ scp }) => spaced(scp),
      roles: ({ groups }) => strings(groups),
      principal: ({ uid }) => (typeof uid === 'string' ? 'user' : undefined),
    },
  }
}
