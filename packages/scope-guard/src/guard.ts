import type { AuthContext, Denial, Guard } from '@gatewarden/core'

/** A guard with the scopes that its operation needs, none where scopes would not help. */
export function guard(scopes: readonly string[], check: (auth: AuthContext) => Denial | undefined): Guard {
  return Object.freeze(Object.assign(check, { scopes }))
}
