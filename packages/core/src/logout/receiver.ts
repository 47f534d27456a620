import { readField } from '../http/form.ts'
import { LOGGED_OUT, type LogoutAnswer, logoutRefusal, POST_ONLY } from '../http/logout-answer.ts'
import { type NodeRequestWithBody, readLogoutForm } from '../http/logout-request.ts'
import { nodeRequest } from '../http/node-request.ts'
import type { RequestView } from '../http/request.ts'
import { inTime } from '../in-time.ts'
import { Reason } from '../reason.ts'
import { tellOfRefusal } from '../refusal-log.ts'
import { type Runtime, SYSTEM } from '../runtime.ts'
import { messageOf, show } from '../text.ts'
import type { LogoutToken } from './logout-token.ts'
import { type LogoutReceiverOptions, readReceiver } from './receiver-options.ts'

/** What became of a logout request, and what to answer. */
export type LogoutOutcome =
  | { readonly ok: true; readonly logout: LogoutToken; readonly answer: LogoutAnswer }
  | { readonly ok: false; readonly reason: Reason; readonly answer: LogoutAnswer }

/** Receives the logouts that an issuer tells a client (OpenID Connect Back-Channel Logout). */
export interface LogoutReceiver {
  /**
   * A request whole: its method, type and body. For adapters.
   *
   * @param parsed what a body parser in front left of the body
   * @throws UsageError where the body was read before, and nothing of it is left
   */
  receive(request: NodeRequestWithBody, parsed?: unknown): Promise<LogoutOutcome>
  /** The form of a request, as text or as parsed, for whoever has no Node request. Never rejects. */
  receiveForm(form: unknown): Promise<LogoutOutcome>
}

/** Milliseconds that writing down a logout has, the application's own part included. */
const DEADLINE = 4000

/** Seconds beyond its age for which a token is known: clocks may differ by so much, the issuer's and those of other processes. */
const MARGIN = 900

/**
 * Makes a receiver of logouts, which feeds a deny list: from the next request on, tokens of the session, or of the user, are refused.
 *
 * @param runtime clocks and deadlines, for tests
 * @throws ConfigurationError where an option is wrong
 */
export function createLogoutReceiver(
  options: LogoutReceiverOptions,
  runtime: Partial<Runtime> = {},
): LogoutReceiver {
  const { resourceServer, denyList, policy, ends, onLogout, onRefusal } = readReceiver(options)
  const clocks: Runtime = { ...SYSTEM, ...runtime }

  /** A logout is known as received only once it is in force: one that fails half-way may be sent again. */
  async function carryOut(logout: LogoutToken): Promise<Reason | undefined> {
    const { store } = denyList
    const key = JSON.stringify(['logout', logout.issuer, logout.id])
    if ((await store.get(key)) !== undefined) return replayed(logout)
    const unnamed = await deny(logout)
    if (unnamed !== undefined) return unnamed
    await onLogout?.(logout)
    return (await store.add(key, '1', policy.maxTokenAge + MARGIN)) ? undefined : replayed(logout)
  }

  async function deny({ issuer, subject, session, issuedAt }: LogoutToken): Promise<Reason | undefined> {
    // By the issuer's clock or by ours, whichever is ahead: tokens have their `iat` from the issuer.
    const until = Math.max(issuedAt, Math.floor(clocks.now() / 1000))
    if (session !== undefined && ends === 'session') await denyList.denySession(issuer, session, { until })
    else if (subject !== undefined) await denyList.denySubject(issuer, subject, { until })
    else return new Reason('claim_missing', { expected: "sub, for `ends: 'subject'`" })
    return undefined
  }

  async function logOut(form: unknown): Promise<LogoutToken | Reason> {
    const text = readField(form, 'logout_token')
    if (text instanceof Reason) return text
    const logout = await resourceServer.verifyLogoutToken(text, policy)
    if (logout instanceof Reason) return logout
    try {
      return (await inTime(clocks, DEADLINE, carryOut(logout), late)) ?? logout
    } catch (error) {
      return new Reason('logout_unavailable', { actual: messageOf(error) })
    }
  }

  function conclude(found: LogoutToken | Reason, request: RequestView | undefined): LogoutOutcome {
    return found instanceof Reason
      ? refuse(found, logoutRefusal(found), request)
      : { ok: true, logout: found, answer: LOGGED_OUT }
  }

  function refuse(reason: Reason, answer: LogoutAnswer, request: RequestView | undefined): LogoutOutcome {
    tellOfRefusal(reason, request, onRefusal)
    return { ok: false, reason, answer }
  }

  return Object.freeze({
    async receive(incoming, parsed) {
      const request = nodeRequest(incoming)
      if (request.method !== 'POST') {
        const reason = new Reason('logout_request_malformed', {
          expected: 'POST',
          actual: show(request.method),
        })
        return refuse(reason, POST_ONLY, request)
      }
      const body = await readLogoutForm(incoming, parsed)
      return conclude(body instanceof Reason ? body : await logOut(body.form), request)
    },
    async receiveForm(form) {
      return conclude(await logOut(form), undefined)
    },
  } satisfies LogoutReceiver)
}

function replayed({ id }: LogoutToken): Reason {
  return new Reason('logout_replayed', { actual: `jti ${show(id)}` })
}

function late(): never {
  throw new Error(`not done within ${DEADLINE} ms`)
}
