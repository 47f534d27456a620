import type { Route } from './api.ts'
import { ask, requireText } from './http.ts'
import { withScope } from './jwt.ts'

/** Something to send to the API: a button. */
export interface Offer {
  readonly label: string
  /** What is special about it, in a few words. */
  readonly says: string
  /** The label as the end of a sentence: with … */
  readonly sent: string
  /** Gets the token for a request to this route, or nothing where nothing is to be sent; undefined while there is none. */
  readonly token: ((route: Route) => Promise<string | undefined>) | undefined
}

/** Sends no token. */
export const NO_TOKEN: Offer = {
  label: 'No token',
  says: 'nothing at all',
  sent: 'no token',
  token: async () => undefined,
}

const EVERYTHING = 'read:patients write:patients read:admin'

/** An expired one, and a tampered one, made from an access token. */
export function spoilt(token: string | undefined): readonly Offer[] {
  return [
    {
      label: 'Expired',
      says: 'two hours older',
      sent: 'an expired token',
      token: token === undefined ? undefined : () => expired(token),
    },
    {
      label: 'Tampered',
      says: 'scope written in',
      sent: 'a tampered token',
      token: token === undefined ? undefined : async () => withScope(token, EVERYTHING),
    },
  ]
}

/** The token as the authorization server would have signed it two hours ago: the page need not wait for one to expire. */
async function expired(token: string): Promise<string> {
  return requireText(await ask('expired-token', { token }), 'access_token')
}
