import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import type { JsonObject } from '../token/json.ts'

const BOUND = ['dpop', 'pop']

/** Whether the issuer calls it a bearer token, or nothing (RFC 7662 §2.2). One that is bound never passes as a bearer token. */
export function checkTokenType({ token_type: type }: JsonObject): Reason | undefined {
  const name = typeof type === 'string' ? type.toLowerCase() : type
  if (name === undefined || name === 'bearer') return undefined
  const code = BOUND.includes(name as string) ? 'bound_token' : 'other_token_type'
  return new Reason(code, { expected: 'token_type `Bearer`', actual: show(type) })
}
