import { isTypedForApis } from '../../token/kind.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireHost } from './preset.ts'

/** An instance of Zitadel whose applications get JWT access tokens. */
export interface ZitadelOptions extends CommonOptions {
  /** `my-instance.zitadel.cloud`. */
  readonly domain: string
}

const ROLES = 'urn:zitadel:iam:org:project:roles'

/**
 * Zitadel. Access tokens have a `jti` and ID tokens have none. `aud` lists the project and its clients: give the project id as `audience`.
 * Roles are the names in `urn:zitadel:iam:org:project:roles`.
 *
 * @throws ConfigurationError where `domain` is no host
 */
export function zitadel(options: ZitadelOptions): IssuerOptions {
  const common = commonOptions('zitadel', options, ['domain'])
  return {
    ...common(),
    issuer: `https://${requireHost(options.domain, 'zitadel.domain')}`,
    tokenKind: ({ jti, nonce, at_hash: hash }, header) =>
      isTypedForApis(header) && jti !== undefined && nonce === undefined && hash === undefined,
    mapping: {
      roles: ({ [ROLES]: roles }) => (typeof roles === 'object' && roles !== null ? Object.keys(roles) : []),
    },
  }
}
