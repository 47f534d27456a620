import { type Explanation, explainToken } from './explain.ts'
import type { Guard } from './guard.ts'
import { checkGuard } from './guard-check.ts'
import { type NodeRequest, requestView } from './http/node-request.ts'
import { isPreflight } from './http/preflight.ts'
import { type Refusal, refuser } from './http/refusal.ts'
import type { RequestView } from './http/request.ts'
import { type IssuerState, stateOf } from './issuers/state.ts'
import { createJudge } from './judge.ts'
import type { LogoutToken } from './logout/logout-token.ts'
import { type LogoutTokenOptions, readLogoutPolicy } from './logout/options.ts'
import { verifyLogoutToken } from './logout/verify.ts'
import type { ResourceServerOptions } from './options.ts'
import { Reason } from './reason.ts'
import { RefusalError } from './refusal-error.ts'
import { tellOfRefusal } from './refusal-log.ts'
import { type Runtime, SYSTEM } from './runtime.ts'
import { readOptions } from './settings.ts'
import type { AuthContext } from './token/context.ts'
import type { Userinfo } from './userinfo/answer.ts'
import { createUserinfo } from './userinfo/userinfo.ts'

/** A refused request: what to write, or, where the API wants refusals thrown, the error to throw; and why. */
export interface Refused {
  readonly ok: false
  readonly refusal: Refusal
  readonly reason: Reason
  readonly error: RefusalError | undefined
}

/** The verdict on a request. `auth` is there unless the request was let through without credentials. */
export type Decision = { readonly ok: true; readonly auth: AuthContext | undefined } | Refused

/** Judges the requests of one API (RFC 6749 §1.1, "resource server"). Share one between mounts: keys are fetched once. */
export interface ResourceServer {
  /**
   * Judges a request by its access token. Waits only where keys must be fetched, or a function of the options be waited for; rejects
   * only where one of those throws that may not. Not checked: what the caller may do (`authorize`), and, without the option
   * `isRevoked`, whether the token was revoked.
   */
  authenticate(request: RequestView | NodeRequest): Promise<Decision>
  /**
   * As `authenticate`, but at once where nothing must be waited for: keys are nearly always in hand. For adapters. Throws or rejects
   * only where a function among the options does.
   */
  decide(request: RequestView | NodeRequest): Decision | Promise<Decision>
  /** Holds an admitted caller to a guard. An anonymous one is asked for credentials. */
  authorize(auth: AuthContext | undefined, guard: Guard, request: RequestView | NodeRequest): Decision
  /**
   * Puts a token to every check, as `authenticate` does, without stopping at the first that fails, and tells what each said. Never
   * rejects, admits nobody, tells no hook. Keys are fetched within the ordinary budget.
   *
   * @param guard is asked last, where everything else holds
   */
  explain(token: string, guard?: Guard): Promise<Explanation>
  /**
   * Verifies a logout token that an issuer of this API sent to a client (OpenID Connect Back-Channel Logout §2.6), and answers with what
   * it says, or with why it is none. For `createLogoutReceiver`, and for whoever keeps sessions. Tells no hook. Not checked: whether
   * the token was received before.
   *
   * @throws ConfigurationError where an option is wrong
   */
  verifyLogoutToken(token: string, options: LogoutTokenOptions): Promise<LogoutToken | Reason>
  /**
   * Asks the issuer who the user of an admitted token is (OpenID Connect Core §5.3), where the token's audience names the issuer's
   * userinfo endpoint. Once for any number of calls, and again after a minute; never for a verdict, which does not hang on it.
   *
   * @throws UserinfoError where there is no user information; UsageError where `auth` is no AuthContext of an admitted request
   */
  userinfo(auth: AuthContext): Promise<Userinfo>
  /**
   * Resolves when the keys of all issuers are in hand, and it is known where to ask about tokens; rejects with what is in the way.
   * Requests need not wait for it: keys are
   * fetched in the background from the beginning, and until they are there requests are answered 503.
   */
  ready(): Promise<void>
  /** How it stands with the keys of each issuer, for readiness probes; of tenants, those in use. Asks nobody. */
  state(): readonly IssuerState[]
}

/**
 * Makes a resource server.
 *
 * @param runtime clocks and deadlines, for tests
 * @throws ConfigurationError where an option is wrong
 */
export function createResourceServer(
  options: ResourceServerOptions,
  runtime: Partial<Runtime> = {},
): ResourceServer {
  const clocks: Runtime = { ...SYSTEM, ...runtime }
  const settings = readOptions(options, clocks)
  const surroundings = { settings, runtime: clocks }
  const refusalFor = refuser(settings)

  const judge = createJudge(surroundings)

  function refuse(reason: Reason, request: RequestView): Decision {
    tellOfRefusal(reason, request, settings.onRefusal)
    const refusal = refusalFor(reason)
    const error = settings.refusals === 'throw' ? new RefusalError(refusal, reason) : undefined
    return { ok: false, refusal, reason, error }
  }

  function conclude(verdict: AuthContext | Reason, request: RequestView): Decision {
    if (!(verdict instanceof Reason)) return { ok: true, auth: verdict }
    return settings.optional && isAnonymous(verdict)
      ? { ok: true, auth: undefined }
      : refuse(verdict, request)
  }

  function decide(incoming: RequestView | NodeRequest): Decision | Promise<Decision> {
    const request = requestView(incoming)
    if (settings.cors && isPreflight(request)) return { ok: true, auth: undefined }
    const verdict = judge(request)
    return verdict instanceof Promise
      ? verdict.then((late) => conclude(late, request))
      : conclude(verdict, request)
  }

  for (const { keys } of settings.issuers.all) keys.start?.()

  return Object.freeze({
    decide,

    async authenticate(incoming) {
      return decide(incoming)
    },

    authorize(auth, guard, incoming) {
      const denial = checkGuard(auth, guard, settings.scopes)
      return denial === undefined ? { ok: true, auth } : refuse(denial, requestView(incoming))
    },

    async verifyLogoutToken(token, expected) {
      return verifyLogoutToken(token, readLogoutPolicy(expected), surroundings)
    },

    async ready() {
      await Promise.all([
        ...settings.issuers.all.flatMap(({ keys, introspection }) => [keys.ready(), introspection?.ready()]),
        settings.decryption?.ready(),
      ])
    },

    userinfo: createUserinfo(surroundings),

    explain: (token, guard) => explainToken(token, surroundings, guard),

    state: () => settings.issuers.all.map(stateOf),
  } satisfies ResourceServer)
}

/** Whether a request carries no credentials that this API would know. Credentials that it knows and refuses are not nothing. */
function isAnonymous({ code }: Reason): boolean {
  return code === 'no_credentials' || code === 'unsupported_scheme'
}
