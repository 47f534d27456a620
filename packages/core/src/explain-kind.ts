import type { CheckResult } from './explain-result.ts'
import { Reason } from './reason.ts'
import type { ReasonCode } from './reasons.ts'
import { checkShape, type JwtClaims } from './token/claims.ts'
import type { TokenContent } from './token/compact.ts'
import { checkEvidence, checkType } from './token/kind.ts'
import { completeMapping } from './token/mapping.ts'
import { misdirection } from './token/misdirected.ts'

const OPAQUE = 'an opaque token, which only its issuer can read'
const ENCRYPTED = 'an encrypted token (JWE)'

/** What a token is, by the reason for which it is refused as something else. */
const KINDS: { readonly [code in ReasonCode]?: string } = {
  opaque_token: OPAQUE,
  encrypted_token: ENCRYPTED,
  encryption_not_allowed: ENCRYPTED,
  decryption_failed: ENCRYPTED,
  unsigned_content: 'an encrypted token (JWE) without a signed one in it',
  encryption_required: 'a token that is not encrypted',
  id_token: 'an ID token',
  refresh_token: 'a refresh token',
  logout_token: 'a logout token',
  other_token_type: 'a token of another type',
  not_an_access_token: 'a JWT that reads like an ID token',
  identity_provider_token: 'a token of an identity provider',
  delegation_token: 'a delegation token',
  graph_token: 'an access token for Microsoft Graph',
  userinfo_token: 'an access token for /userinfo only',
  management_token: "an access token for the issuer's Management API",
}

/** The rules alone, for a token of an issuer that nothing is known of. */
const RULES = {
  profile: 'jwt',
  tokenKind: 'detect',
  sharedSecret: false,
  mapping: completeMapping(),
} as const

/** What a token is, in words: by the checks of its kind where they were asked, else by the rules. */
export function tokenKind(
  token: TokenContent | undefined,
  reason: Reason | undefined,
  checks: readonly CheckResult[],
  isOpaque = false,
): string {
  const byReason = reason && KINDS[reason.code]
  if (byReason !== undefined) return byReason
  if (isOpaque) return OPAQUE
  if (token === undefined) return 'no token that can be read'
  const claims = checkShape({ exp: 0, ...token.claims }, RULES)
  if (claims instanceof Reason) return 'a JWT with malformed claims'
  const forThisApi = checks.some(({ name, status }) => name === 'audience' && status === 'passed')
  const code = (forThisApi ? undefined : misdirection(claims)) ?? flawOf(token, claims, checks)
  if (code !== undefined) return KINDS[code] ?? 'something else than an access token'
  const { typ } = token.header
  return typeof typ === 'string' && /at\+jwt$/i.test(typ) ? 'an RFC 9068 access token' : 'an access token'
}

function flawOf(
  { header }: TokenContent,
  claims: JwtClaims,
  checks: readonly CheckResult[],
): ReasonCode | undefined {
  const asked = checks.filter(
    ({ name, status }) => /^(type|evidence)$/.test(name) && status !== 'not reached',
  )
  if (asked.length > 0) return asked.find(({ code }) => code !== 'type_required' && code !== undefined)?.code
  return (checkType(header, claims, RULES) ?? checkEvidence(header, claims, RULES))?.code
}
