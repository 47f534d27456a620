import { ConfigurationError } from '../../errors.ts'
import type { JwtClaims } from '../../token/claims.ts'
import { isTypedForApis } from '../../token/kind.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireHost } from './preset.ts'

/** An application behind Cloudflare Access. */
export interface CloudflareAccessOptions extends CommonOptions {
  /** `my-team.cloudflareaccess.com`. */
  readonly team: string
  /** The application's audience tag (AUD), or several. */
  readonly audience: string | readonly string[]
}

/**
 * Cloudflare Access: the application token that it puts into `Cf-Access-Jwt-Assertion`. A service token names its client in `common_name`;
 * everyone else is a user.
 *
 * @throws ConfigurationError where the team is no host, or the audience tag is missing
 */
export function cloudflareAccess(options: CloudflareAccessOptions): IssuerOptions {
  const common = commonOptions('cloudflareAccess', options, ['team'])
  const issuer = `https://${requireHost(options.team, 'cloudflareAccess.team')}`
  if (options.audience === undefined)
    throw new ConfigurationError('cloudflareAccess.audience', 'is missing', "Give the application's AUD tag")
  const client = ({ common_name: name }: JwtClaims) => (typeof name === 'string' ? name : undefined)
  return {
    ...common(`${issuer}/cdn-cgi/access/certs`),
    issuer,
    tokenHeader: 'cf-access-jwt-assertion',
    tokenKind: ({ type }, header) => isTypedForApis(header) && type === 'app',
    mapping: {
      client,
      scopes: () => [],
      principal: (claims) => (client(claims) === undefined ? 'user' : 'client'),
    },
  }
}
