import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import type { JwtClaims } from './claims.ts'

/**
 * Whether a bound token was proved to belong to its sender (RFC 7800 §3). No proof is checked yet, so every token with a `cnf`
 * claim is refused, whatever is in it: a bound token must never pass as a bearer token (RFC 9449 §7.2).
 */
export function checkBinding({ cnf }: JwtClaims): Reason | undefined {
  if (cnf === undefined) return undefined
  const methods = typeof cnf === 'object' && cnf !== null ? show(Object.keys(cnf)) : show(cnf)
  return new Reason('bound_token', { actual: `cnf with ${methods}` })
}
