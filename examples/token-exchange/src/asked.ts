import type { ProviderErrors } from '@gatewarden/example-health-api'
import type { GrantContext } from 'oidc-provider'
import { ACCESS_TOKEN } from './names.ts'
import { type ExchangeRule, RULES } from './rules.ts'

/** The parameters that are read; all others of the request are dropped (RFC 6749 §3.2). */
export const PARAMETERS = [
  'subject_token',
  'subject_token_type',
  'actor_token',
  'requested_token_type',
  'resource',
  'audience',
  'scope',
]
/** Those that may come more than once (RFC 8693 §2.1). */
export const REPEATABLE = ['resource', 'audience']

/** What a client asks for, as far as that can be told without its token. */
export interface Asked {
  readonly rule: ExchangeRule
  readonly subjectToken: string
  /** Undefined where nothing is named: all that may be had. */
  readonly scopes: readonly string[] | undefined
}

/** Reads a token exchange request (RFC 8693 §2.1). @throws the answer of §2.2.2 */
export function readAsked({ client, params }: GrantContext['oidc'], errors: ProviderErrors): Asked {
  const { subject_token: subjectToken, subject_token_type: type, scope } = params
  if (typeof subjectToken !== 'string' || type !== ACCESS_TOKEN)
    throw new errors.InvalidRequest('subject_token must be an access token, and its type say so')
  if (params['actor_token'] !== undefined)
    throw new errors.InvalidRequest('actor_token is not supported: who acts is the client itself')
  if ((params['requested_token_type'] ?? ACCESS_TOKEN) !== ACCESS_TOKEN)
    throw new errors.InvalidRequest('only access tokens are issued')

  const targets = [params['resource'], params['audience']].flat().filter((target) => target !== undefined)
  const rule = RULES.find(({ clientId, to }) => clientId === client.clientId && to === targets[0])
  if (rule === undefined || targets.length !== 1)
    throw new errors.InvalidTarget('this client may not exchange tokens for that')
  return { rule, subjectToken, scopes: typeof scope === 'string' ? scope.split(' ') : undefined }
}
