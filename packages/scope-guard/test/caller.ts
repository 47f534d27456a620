import type { AuthContext, Denial } from '@gatewarden/core'

/** An admitted caller as core makes it, with these changes. */
export function caller(changes: Partial<AuthContext> = {}): AuthContext {
  return {
    token: 'header.payload.signature',
    scheme: 'Bearer',
    issuer: 'https://issuer.test/',
    subject: 'user-1',
    clientId: 'portal',
    principal: 'user',
    audience: ['https://api.test/'],
    actor: undefined,
    scopes: [],
    permissions: [],
    roles: [],
    expiresAt: 1_800_000_000,
    header: { alg: 'ES256' },
    claims: { iss: 'https://issuer.test/', exp: 1_800_000_000 },
    ...changes,
  }
}

/** A caller with these claims beside the usual ones. */
export const withClaims = (claims: Record<string, unknown>): AuthContext =>
  caller({ claims: { ...caller().claims, ...claims } })

/** The denial that a guard is expected to answer. */
export function denialOf(answer: Denial | undefined): Denial {
  if (answer === undefined) throw new TypeError('the guard let through')
  return answer
}
