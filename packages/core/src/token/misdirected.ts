import type { ReasonCode } from '../reasons.ts'
import { isStringArray } from './claims.ts'
import type { JsonObject } from './json.ts'

/** Identity providers by their issuers: what they sign tells who signed in there, or is for an API of their own. */
const IDENTITY_PROVIDERS: readonly RegExp[] = [
  /^(https:\/\/)?accounts\.google\.com$/,
  /^https:\/\/securetoken\.google\.com\/[^/]+$/,
  /^https:\/\/(login\.microsoftonline\.com|sts\.windows\.net)\/[^/]+\/(v2\.0)?$/,
  /^https:\/\/appleid\.apple\.com$/,
  /^https:\/\/(www|limited)\.facebook\.com$/,
  /^https:\/\/(www\.)?linkedin\.com(\/oauth)?$/,
  /^https:\/\/gitlab\.com$/,
  /^https:\/\/token\.actions\.githubusercontent\.com$/,
]

/** Whether `iss` is an identity provider that many applications let people sign in with, and none of `own` is of the same. */
export function isIdentityProvider(iss: unknown, own: readonly string[]): boolean {
  return (
    typeof iss === 'string' &&
    IDENTITY_PROVIDERS.some((pattern) => pattern.test(iss) && !own.some((issuer) => pattern.test(issuer)))
  )
}

/**
 * What a token is that was made for another API of the issuer itself, by its claims: for user information only, or for the issuer's
 * management. Tokens for this API as well are not asked about.
 */
export function misdirection(claims: JsonObject): ReasonCode | undefined {
  if (isManagementToken(claims)) return 'management_token'
  const all = audiencesOf(claims)
  return all.length > 0 && all.every(isUserinfoAddress) ? 'userinfo_token' : undefined
}

/** By its beginning and its end: what an expression would try in the middle of a long one takes its time. */
function isUserinfoAddress(audience: string): boolean {
  const scheme = 'https://'
  return (
    audience.startsWith(scheme) &&
    audience.endsWith('/userinfo') &&
    audience.indexOf('/', scheme.length) > scheme.length
  )
}

/** Auth0's Management API v2: by its audience; older tokens by what they may do, `scopes: { users: { actions: [...] } }`. */
function isManagementToken(claims: JsonObject): boolean {
  const { scopes } = claims
  if (audiencesOf(claims).some((audience) => /^https:\/\/[^/]+\/api\/v2\/$/.test(audience))) return true
  if (typeof scopes !== 'object' || scopes === null || Array.isArray(scopes)) return false
  const grants = Object.values(scopes)
  return (
    grants.length > 0 &&
    grants.every((grant) => typeof grant === 'object' && grant !== null && 'actions' in grant)
  )
}

/** `aud` of claims whose shape nobody has looked at yet. */
function audiencesOf({ aud }: JsonObject): readonly string[] {
  if (typeof aud === 'string') return [aud]
  return isStringArray(aud) ? aud : []
}
