import { isTypedForApis } from '../../token/kind.ts'
import { strings } from '../../token/mapping.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireHost, requireName } from './preset.ts'

/** An application in authentik. */
export interface AuthentikOptions extends CommonOptions {
  /** `sso.example.com`. */
  readonly domain: string
  /** The slug of the application. */
  readonly application: string
}

/**
 * authentik. An access token there is the ID token with `azp` and `uid` added, `nonce` included: `uid` is the mark. `aud` is the client id
 * of the provider, so that is the `audience` to give. Groups are roles.
 * Service accounts have names and profiles like users, so that nobody passes for either: the principal is `unknown`.
 *
 * @throws ConfigurationError where an option is missing
 */
export function authentik(options: AuthentikOptions): IssuerOptions {
  const common = commonOptions('authentik', options, ['domain', 'application'])
  const host = requireHost(options.domain, 'authentik.domain')
  return {
    ...common(),
    issuer: `https://${host}/application/o/${requireName(options.application, 'authentik.application')}/`,
    tokenKind: ({ uid, azp }, header) =>
      isTypedForApis(header) && typeof uid === 'string' && azp !== undefined,
    mapping: { roles: ({ groups }) => strings(groups), principal: () => 'unknown' },
  }
}
