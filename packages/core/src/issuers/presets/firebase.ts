import { isTypedForApis } from '../../token/kind.ts'
import { member } from '../../token/mapping.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireName } from './preset.ts'

/** Users of a Firebase project. */
export interface FirebaseOptions extends Omit<CommonOptions, 'audience'> {
  readonly projectId: string
  /** Admit users who signed in anonymously. Default: false. */
  readonly anonymous?: boolean | undefined
}

const KEYS = 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com'

/**
 * Firebase Authentication: the ID token is the API's credential by design. Custom claims are in `auth.claims`; `roles` among them are
 * roles. Session cookies are another issuer's. Revocation is not checked.
 *
 * @throws ConfigurationError where `projectId` is none
 */
export function firebase(options: FirebaseOptions): IssuerOptions {
  const common = commonOptions('firebase', options, ['projectId', 'anonymous'])
  const project = requireName(options.projectId, 'firebase.projectId')
  return {
    algorithms: ['RS256'],
    ...common(KEYS),
    issuer: `https://securetoken.google.com/${project}`,
    audience: project,
    tokenKind({ firebase: signIn, sub, auth_time: at }, header) {
      const provider = member(signIn, 'sign_in_provider')
      const known = typeof provider === 'string' && (provider !== 'anonymous' || options.anonymous === true)
      return isTypedForApis(header) && known && typeof at === 'number' && sub !== undefined && sub !== ''
    },
    mapping: { client: () => undefined, scopes: () => [], principal: () => 'user' },
  }
}
