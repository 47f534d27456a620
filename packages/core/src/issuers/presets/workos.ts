import { isTypedForApis } from '../../token/kind.ts'
import { names } from '../../token/mapping.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireName } from './preset.ts'

/** Session tokens of WorkOS AuthKit. */
export interface WorkosOptions extends Omit<CommonOptions, 'audience'> {
  /** `client_01...`. Its key set signs its tokens alone, and that is what says whom they are for: they have no `aud`. */
  readonly clientId: string
}

/**
 * WorkOS, session tokens. Tokens of Connect and for MCP have an `aud` and name their client; they need no preset.
 *
 * @throws ConfigurationError where `clientId` is none
 */
export function workos(options: WorkosOptions): readonly IssuerOptions[] {
  const common = commonOptions('workos', options, ['clientId'])
  const client = requireName(options.clientId, 'workos.clientId')
  return ['https://api.workos.com', `https://api.workos.com/user_management/${client}`].map((issuer) => ({
    ...common(`https://api.workos.com/sso/jwks/${client}`),
    issuer,
    tokenKind: ({ sid, nonce }, header) =>
      isTypedForApis(header) && typeof sid === 'string' && nonce === undefined,
    mapping: {
      audience: null,
      requires: ['sub'],
      scopes: () => [],
      roles: ({ role, roles }) => [...new Set([...names(role), ...names(roles)])],
      principal: () => 'user',
    },
  }))
}
