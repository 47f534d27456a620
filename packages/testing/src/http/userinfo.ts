import type { TokenRegister } from '../tokens/register.ts'
import type { Asked, Document } from './document.ts'

/**
 * The userinfo endpoint (OpenID Connect Core §5.3), for tokens in the Authorization header. Any access token of this
 * issuer that has a subject is taken, whatever its audience and scope.
 */
export function userinfoDocument(register: TokenRegister, { headers }: Asked): Document {
  const [, token] = /^bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (token === undefined) return refused('Bearer', {})
  const sub = register.activeClaims(token)?.['sub']
  if (sub === undefined) return refused('Bearer error="invalid_token"', { error: 'invalid_token' })
  const person = { name: 'Test User', email: 'user@example.com', email_verified: true }
  return { members: { sub, ...person }, private: true }
}

/** RFC 6750 §3. */
function refused(challenge: string, members: Readonly<Record<string, unknown>>): Document {
  return { status: 401, members, headers: { 'www-authenticate': challenge }, private: true }
}
