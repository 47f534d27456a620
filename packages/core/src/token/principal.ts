import type { JwtClaims } from './claims.ts'

/** Who calls: a client in its own name must never pass for a user, nor a user for a client (RFC 9068 §5). */
export type Principal = 'user' | 'client' | 'unknown'

/** Claims about a person or a login: alone, without a client, they make an ID token. */
export const LOGIN_CLAIMS: readonly string[] = [
  'auth_time',
  'sid',
  'email',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'preferred_username',
  'picture',
]

/** Whether a token was given to `client` in its own name, with no user behind it (Auth0's marks). */
export function isMachineToken(claims: JwtClaims, client: string | undefined): boolean {
  return (
    claims['gty'] === 'client-credentials' || (client !== undefined && claims.sub === `${client}@clients`)
  )
}

/** Who calls, by the marks that issuers have in common; `unknown` where they are missing or contradict each other. */
export function principalOf(claims: JwtClaims, client: string | undefined): Principal {
  const actsForItself =
    isMachineToken(claims, client) ||
    claims['idtyp'] === 'app' ||
    (client !== undefined && claims.sub === client)
  const loggedIn = claims['idtyp'] === 'user' || LOGIN_CLAIMS.some((name) => claims[name] !== undefined)
  if (actsForItself) return loggedIn ? 'unknown' : 'client'
  return loggedIn && !isServiceAccount(claims) ? 'user' : 'unknown'
}

/** Keycloak gives a client that acts for itself a user of this name. Users could choose such a name, so it does not prove a client. */
function isServiceAccount({ preferred_username: name }: JwtClaims): boolean {
  return typeof name === 'string' && name.startsWith('service-account-')
}
