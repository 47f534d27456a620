import { isTypedForApis } from '../../token/kind.ts'
import { strings } from '../../token/mapping.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireList, requireName } from './preset.ts'

/** A user pool of Amazon Cognito. */
export interface CognitoOptions extends CommonOptions {
  /** `eu-central-1`. */
  readonly region: string
  /** `eu-central-1_AbCdEfGhI`. */
  readonly userPoolId: string
  /**
   * The app clients whose tokens are for this API: Cognito's access tokens have no `aud`, and the client stands in for it. Where the pool
   * binds tokens to resources, give `audience` as well; then `aud` counts.
   */
  readonly clientIds: readonly string[]
}

/**
 * Amazon Cognito, under both forms of its issuer. Only `token_use: access` is taken; groups are roles.
 *
 * @throws ConfigurationError where an option is missing
 */
export function cognito(options: CognitoOptions): readonly IssuerOptions[] {
  const common = commonOptions('cognito', options, ['region', 'userPoolId', 'clientIds'])
  const region = requireName(options.region, 'cognito.region')
  const pool = requireName(options.userPoolId, 'cognito.userPoolId')
  const clientIds = requireList(options.clientIds, 'cognito.clientIds', 'Give the app clients of this API')
  const bound = options.audience !== undefined
  return ['cognito-idp', 'issuer-cognito-idp'].map((host) => {
    const issuer = `https://${host}.${region}.amazonaws.com/${pool}`
    return {
      ...(bound ? { clients: clientIds } : { audience: clientIds }),
      ...common(`${issuer}/.well-known/jwks.json`),
      issuer,
      tokenKind: (claims, header) => isTypedForApis(header) && claims['token_use'] === 'access',
      mapping: {
        ...(!bound && { audience: 'client_id' }),
        roles: (claims) => strings(claims['cognito:groups']),
        principal: ({ username, sub }, client) =>
          sub === client ? 'client' : username === undefined ? undefined : 'user',
      },
    } satisfies IssuerOptions
  })
}
