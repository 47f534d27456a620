import { ConfigurationError } from '../errors.ts'
import type { RequestView } from '../http/request.ts'
import { readChoice, rejectUnknown, requireFunction, requireObject } from '../option-checks.ts'
import type { Reason } from '../reason.ts'
import type { ResourceServer } from '../resource-server.ts'
import type { DenyList } from '../revocation/deny-list.ts'
import type { LogoutToken } from './logout-token.ts'
import { type LogoutPolicy, type LogoutTokenOptions, readLogoutPolicy } from './options.ts'

/** What a receiver of logouts needs. */
export interface LogoutReceiverOptions extends LogoutTokenOptions {
  /** Its issuers and keys are what logout tokens are verified with. */
  readonly resourceServer: ResourceServer
  /** Where logouts are written down; its `isRevoked` belongs to the resource server. Its store also knows which tokens came before. */
  readonly denyList: Pick<DenyList, 'denySession' | 'denySubject' | 'store'>
  /**
   * What the logout of one session ends: the tokens of that session, by their `sid` (the default), or all tokens of its user
   * (`subject`), for an issuer whose access tokens do not say of which session they are.
   */
  readonly ends?: 'session' | 'subject' | undefined
  /** Is told of each logout that was verified, to end what else there is of it. Waited for; where it fails the issuer is told 503. */
  readonly onLogout?: ((logout: LogoutToken) => unknown) | undefined
  /** Is told of every refusal, to log or count it. Cannot change the answer; what it throws is swallowed. */
  readonly onRefusal?: ((reason: Reason, request: RequestView | undefined) => unknown) | undefined
}

const OPTIONS = [
  'resourceServer',
  'denyList',
  'clientIds',
  'maxTokenAge',
  'mayLack',
  'ends',
  'onLogout',
  'onRefusal',
] as const

/** `LogoutReceiverOptions`, read and checked. */
interface Receiving
  extends Pick<LogoutReceiverOptions, 'resourceServer' | 'denyList' | 'onLogout' | 'onRefusal'> {
  readonly policy: LogoutPolicy
  readonly ends: 'session' | 'subject'
}

/** @throws ConfigurationError where an option is wrong */
export function readReceiver(given: LogoutReceiverOptions): Receiving {
  requireObject(given, 'backchannelLogout', "Give { resourceServer, clientIds: ['my-app'], denyList }")
  rejectUnknown(given, OPTIONS, '')
  requireMethods(
    given.resourceServer,
    ['verifyLogoutToken'],
    'resourceServer',
    'Give createResourceServer({ ... })',
  )
  requireMethods(
    given.denyList,
    ['denySession', 'denySubject'],
    'denyList',
    'Give denyList({ store }), the one whose isRevoked the resource server asks',
  )
  requireMethods(
    given.denyList.store,
    ['get', 'add'],
    'denyList.store',
    'Give a list made by denyList({ store })',
  )
  requireFunction(given.onLogout, 'onLogout', 'Give (logout) => { ... }')
  requireFunction(given.onRefusal, 'onRefusal', 'Give (reason, request) => { ... }')
  const { resourceServer, denyList, onLogout, onRefusal } = given
  const ends = readChoice(given.ends, ['session', 'subject'], 'ends') ?? 'session'
  return Object.freeze({
    resourceServer,
    denyList,
    onLogout,
    onRefusal,
    ends,
    policy: readLogoutPolicy(given),
  })
}

function requireMethods(given: unknown, names: readonly string[], option: string, fix: string): void {
  requireObject(given, option, fix)
  const missing = names.find((name) => typeof Reflect.get(Object(given), name) !== 'function')
  if (missing !== undefined) throw new ConfigurationError(option, `has no method \`${missing}\``, fix)
}
