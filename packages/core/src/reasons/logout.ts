import { badRequest, unavailable } from './row.ts'

/** What comes to the receiver of back-channel logouts, and to no API. Whatever is wrong with it is 400 (Back-Channel Logout §2.8). */
export const LOGOUT = {
  logout_request_malformed: badRequest(
    'The request is not a back-channel logout request',
    'the request is not a back-channel logout request',
    'the issuer posts a form (application/x-www-form-urlencoded) with exactly one logout_token; anybody else has no business there',
  ),
  not_a_logout_token: badRequest(
    'The token is not a logout token',
    'the token is not a logout token',
    'of an issuer whose logout tokens have no type of their own, take them by mayLack: [`typ`]; ID and access tokens end nothing',
  ),
  logout_client_unknown: badRequest(
    'The logout token is meant for another client',
    'aud of the logout token names a client that is not in `clientIds`',
    'compare the option `clientIds` with the client at which this address is registered (backchannel_logout_uri)',
  ),
  logout_replayed: badRequest(
    'The logout token was received before',
    'a logout token with this jti was received before',
    'it took effect the first time; the issuer, or somebody who saw the token, sent it again',
  ),
  logout_unavailable: unavailable(
    'The logout cannot be carried out at the moment',
    'the logout could not be written down, or `onLogout` failed',
    'look at the store of the deny list; the issuer may send the same logout token again',
  ),
} as const
