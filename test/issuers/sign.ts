import { sign } from 'node:crypto'
import { createTestIssuer } from '@gatewarden/testing'

const issuer = await createTestIssuer()

/** The keys that sign every token of these tests. */
export const jwks = issuer.jwks()
export const kid = issuer.kid()

/** A signed token with exactly these claims, and this header beside `alg` and `kid`. */
export function signed(claims: object, header: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${part({ alg: 'RS256', kid, ...header })}.${part(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), issuer.privateKey()).toString('base64url')}`
}
