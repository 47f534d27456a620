import { isTypedForApis } from '../../token/kind.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireList } from './preset.ts'

/** Service accounts of Google Cloud that call this API with ID tokens. */
export interface GoogleOptions extends CommonOptions {
  /**
   * E-mail addresses of the accounts that may call. Required: anybody's service account gets an ID token for any audience, so that
   * `aud` alone admits the world.
   */
  readonly serviceAccounts: readonly string[]
}

/**
 * Google, service to service: the ID token is the credential, its `aud` is this API's address. Google's access tokens are opaque, and
 * the ID tokens of people who sign in are not taken.
 *
 * @throws ConfigurationError where no account is named
 */
export function google(options: GoogleOptions): readonly IssuerOptions[] {
  const common = commonOptions('google', options, ['serviceAccounts'])
  const clients = requireList(
    options.serviceAccounts,
    'google.serviceAccounts',
    'Name those who may call by e-mail',
  )
  return ['https://accounts.google.com', 'accounts.google.com'].map((issuer) => ({
    clients,
    ...common('https://www.googleapis.com/oauth2/v3/certs'),
    issuer,
    tokenKind: ({ email, email_verified: verified }, header) =>
      isTypedForApis(header) &&
      verified === true &&
      typeof email === 'string' &&
      email.endsWith('.gserviceaccount.com'),
    mapping: {
      client: ({ email }) => (typeof email === 'string' ? email : undefined),
      scopes: () => [],
      principal: () => 'client',
    },
  }))
}
