import type { JwtClaims } from './token/claims.ts'

declare global {
  namespace Gatewarden {
    /**
     * Types of your API, told once for every adapter:
     *
     *     declare global {
     *       namespace Gatewarden {
     *         interface Register { claims: { tenant: string }; scopes: 'read:patients' | 'write:patients' }
     *       }
     *     }
     *
     * Types only: that tokens carry these claims is not checked; use the guard `claim()` for what must be there.
     */
    interface Register {}
  }
}

/** The claims of a token, with those that the application registered. */
export type RegisteredClaims = Gatewarden.Register extends { claims: infer Claims }
  ? JwtClaims & Claims
  : JwtClaims

/** The scopes that the application registered, else any text. */
export type ScopeName = Gatewarden.Register extends { scopes: infer Scopes extends string } ? Scopes : string
