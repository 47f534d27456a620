import { isTypedForApis } from '../../token/kind.ts'
import { member, names, strings } from '../../token/mapping.ts'
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
 * Clerk, session tokens of version 1 and 2. The organization's role and permissions have the names of version 1 whatever the version:
 * `org:admin`, `org:orders:read`. A session that still waits for a task of the user (`sts: pending`) is refused, as Clerk's own libraries do.
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
    tokenKind: ({ sid, sts }, header) =>
      isTypedForApis(header) && header['cat'] === SESSION && typeof sid === 'string' && sts !== 'pending',
    mapping: {
      audience: 'azp',
      client: () => undefined,
      scopes: () => [],
      permissions: ({ org_permissions: permissions, fea, o }) => [...strings(permissions), ...packed(fea, o)],
      roles: ({ org_role: role, o }) => [
        ...names(role),
        ...names(member(o, 'rol')).map((name) => `org:${name}`),
      ],
      principal: () => 'user',
    },
  }
}

/**
 * Permissions as version 2 packs them: `fea` lists features (those of the organization as `o:orders`), `o.per` lists permissions, and
 * `o.fpm` has a number for each feature whose bits say which of the permissions it has.
 */
function packed(features: unknown, organization: unknown): readonly string[] {
  const permissions = listed(member(organization, 'per'))
  const masks = listed(member(organization, 'fpm')).map(Number)
  return listed(features)
    .filter((feature) => feature.startsWith('o:'))
    .flatMap((feature, index) =>
      permissions
        .filter((_, bit) => ((masks[index] ?? 0) >> bit) & 1)
        .map((permission) => `org:${feature.slice(2)}:${permission}`),
    )
}

function listed(value: unknown): readonly string[] {
  return typeof value === 'string' ? value.split(',').filter((item) => item !== '') : []
}
