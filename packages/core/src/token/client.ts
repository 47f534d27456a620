import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { audiences, type JwtClaims } from './claims.ts'
import type { TokenPolicy } from './policy.ts'

const CLIENT_CLAIMS = ['client_id', 'azp', 'cid', 'appid'] as const

/** Every client that the token names, under whatever claim; to tell kinds of token apart, not to identify the caller. */
export function clientClaims(claims: { readonly [claim: string]: unknown }): string[] {
  return CLIENT_CLAIMS.map((name) => claims[name]).filter(
    (client): client is string => typeof client === 'string',
  )
}

/** Whether the token names one client at most. */
export function checkClientClaims({ client_id: clientId, azp }: JwtClaims): Reason | undefined {
  if (clientId === undefined || azp === undefined || clientId === azp) return undefined
  return new Reason('client_ambiguous', { actual: `client_id ${show(clientId)}, azp ${show(azp)}` })
}

/** Whether the client is on the API's list, where there is one. A token that names no client is not. */
export function checkClientAllowed(claims: JwtClaims, { clients, mapping }: TokenPolicy): Reason | undefined {
  const client = mapping.client(claims)
  if (clients === undefined || (client !== undefined && clients.has(client))) return undefined
  return new Reason('client_not_allowed', { expected: show([...clients.keys()]), actual: show(client) })
}

/** Whether a text may be a client's name rather than an API's: it is the token's client, or no URI. */
export function looksLikeClientId(audience: string, claims: JwtClaims): boolean {
  return (
    clientClaims(claims).includes(audience) || (audiences(claims).length === 1 && !audience.includes(':'))
  )
}
