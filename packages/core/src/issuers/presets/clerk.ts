import { isTypedForApis } from '../../token/kind.ts'
import { names, strings } from '../../token/mapping.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireHost, requireList } from './preset.ts'

/** Session tokens of a Clerk application. */
export interface ClerkOptions extends Omit<CommonOptions, 'audience'> {
  /** The Frontend API: `clerk.example.com`, or `verb-noun-00.clerk.accounts.dev`. */
  readonly frontendApi: string
  /** The origins whose sessions may call this API: `https://app.example.com`. Session tokens have no `aud`; `azp` stands in for it. */
  readonly authorizedParties: readonly string[]
}

/** The header parameter `cat` of session tokens; tokens between machines have another. */
const SESSION = 'cl_B7d4PD111AAA'

/**
 * Clerk, session tokens. The organization's role and permissions are read where the token has them (`org_role`, `org_permissions`).
 *
 * @throws ConfigurationError where no origin is named
 */
export function clerk(options: ClerkOptions): IssuerOptions {
  const common = commonOptions('clerk', options, ['frontendApi', 'authorizedParties'])
  const parties = requireList(
    options.authorizedParties,
    'clerk.authorizedParties',
    "Give origins: ['https://app.example.com']",
  )
  return {
    ...common(),
    issuer: `https://${requireHost(options.frontendApi, 'clerk.frontendApi')}`,
    audience: parties,
    tokenKind: ({ sid }, header) =>
      isTypedForApis(header) && header['cat'] === SESSION && typeof sid === 'string',
    mapping: {
      audience: 'azp',
      client: () => undefined,
      scopes: () => [],
      permissions: ({ org_permissions: permissions }) => strings(permissions),
      roles: ({ org_role: role }) => names(role),
      principal: () => 'user',
    },
  }
}
