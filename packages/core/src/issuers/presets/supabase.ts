import { isTypedForApis } from '../../token/kind.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireHost } from './preset.ts'

/** Users of a Supabase project with asymmetric signing keys. */
export interface SupabaseOptions extends Omit<CommonOptions, 'audience'> {
  /** `<project>.supabase.co`, or a custom domain. */
  readonly domain: string
  /** Admit users who signed in anonymously. Default: false. */
  readonly anonymous?: boolean | undefined
}

/**
 * Supabase. Its tokens are sessions of its users, all with `aud: authenticated`: there is no audience for one API of several. The project's
 * own keys (`anon`, `service_role`) are JWTs too, and are never users.
 *
 * @throws ConfigurationError where `domain` is no host
 */
export function supabase(options: SupabaseOptions): IssuerOptions {
  const common = commonOptions('supabase', options, ['domain', 'anonymous'])
  return {
    ...common(),
    issuer: `https://${requireHost(options.domain, 'supabase.domain')}/auth/v1`,
    audience: 'authenticated',
    tokenKind: ({ role, session_id: session, is_anonymous: anonymous, ref }, header) =>
      isTypedForApis(header) &&
      role === 'authenticated' &&
      typeof session === 'string' &&
      ref === undefined &&
      (anonymous !== true || options.anonymous === true),
    mapping: {
      client: ({ client_id: client }) => client,
      roles: ({ role }) => (typeof role === 'string' ? [role] : []),
      principal: () => 'user',
    },
  }
}
