import type { Reason } from '../reason.ts'
import type { ReasonRow } from '../reasons/row.ts'
import { REASONS } from '../reasons.ts'
import { bearerChallenge } from './challenge.ts'

/** A refusal as it goes over the wire, complete: an adapter writes it as it is. */
export interface Refusal {
  readonly status: ReasonRow['status']
  /** Field names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** `undefined`: no body at all. */
  readonly body: { readonly error: string; readonly error_description: string } | undefined
}

/** Seconds after which a caller may try again when keys cannot be had. */
export const RETRY_AFTER = '5'

/** What the refusals of one resource server have in common. */
export interface RefusalSettings {
  readonly realm: string
  /** Let scripts of other origins read the challenge (Fetch, CORS protocol). */
  readonly cors: boolean
}

/** Turns a reason into HTTP. The only place that does. */
export type Refuse = (reason: Reason) => Refusal

/** `Refuse` for one resource server. A refusal depends on the code and on guards' scopes alone, so most are made beforehand. */
export function refuser(settings: RefusalSettings): Refuse {
  const made = new Map<string, Refusal>()
  for (const [code, row] of Object.entries(REASONS)) made.set(code, refusal(row, settings, undefined))
  return ({ code, scope }) =>
    scope === undefined ? (made.get(code) as Refusal) : refusal(REASONS[code], settings, scope)
}

function refusal(
  row: ReasonRow,
  { realm, cors }: RefusalSettings,
  scope: readonly string[] | undefined,
): Refusal {
  const { status, error, sentence } = row
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (status === 503) {
    headers['retry-after'] = RETRY_AFTER
    if (cors) headers['access-control-expose-headers'] = 'Retry-After'
  } else {
    const description = error === undefined ? undefined : sentence
    headers['www-authenticate'] = bearerChallenge({ realm, error, scope, description })
    if (cors) headers['access-control-expose-headers'] = 'WWW-Authenticate'
  }
  const body = error === undefined ? undefined : Object.freeze({ error, error_description: sentence })
  return Object.freeze({ status, headers: Object.freeze(headers), body })
}
