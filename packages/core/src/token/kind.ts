import { Reason } from '../reason.ts'
import type { ReasonCode } from '../reasons.ts'
import { show } from '../text.ts'
import { audiences, type JwtClaims } from './claims.ts'
import { clientClaims } from './client.ts'
import type { JoseHeader } from './compact.ts'
import type { TokenKindFunction, TokenPolicy } from './policy.ts'
import { isMachineToken, LOGIN_CLAIMS } from './principal.ts'

const ACCESS_TOKEN_TYPES = ['at+jwt', 'application/at+jwt']
/** The event of a logout token (OpenID Connect Back-Channel Logout §2.4). */
export const BACK_CHANNEL_LOGOUT = 'http://schemas.openid.net/event/backchannel-logout'

/** Tokens that name themselves in `typ` and are told by name; every other explicit type is refused too (RFC 8725 §3.11). */
const NAMED_TYPES: ReadonlyMap<string, ReasonCode> = new Map([
  ['id_token+jwt', 'id_token'],
  ['logout+jwt', 'logout_token'],
  ['rt+jwt', 'refresh_token'],
  ['refresh+jwt', 'refresh_token'],
])

/** Values of `token_use`: Cognito writes it into tokens, Hydra into what it says of one (RFC 7662). */
const ACCESS_USES = ['access', 'access_token']
const TOKEN_USES: ReadonlyMap<string, ReasonCode> = new Map([
  ['id', 'id_token'],
  ['refresh_token', 'refresh_token'],
])

/** Values of a `typ` among the claims (Keycloak) that name something else than an access token. */
const PAYLOAD_TYPES: ReadonlyMap<string, ReasonCode> = new Map([
  ['id', 'id_token'],
  ['serialized-id', 'id_token'],
  ['refresh', 'refresh_token'],
  ['offline', 'refresh_token'],
  ['logout', 'logout_token'],
])

/** Claims of other kinds of token: security events, introspection answers, self-issued ID tokens. */
const FOREIGN_CLAIMS = ['toe', 'token_introspection', 'sub_jwk']

/** What OpenID Connect Core §2, §3.1.3.6 and §3.3.2.11 puts into ID tokens and nothing puts into access tokens. */
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash']

/**
 * Whether the token itself says that it is something else than an access token. Rules 1 to 3: a contradicting type refuses, a
 * positive proof admits, hard evidence of an ID token refuses. In profile `rfc9068` only `typ: at+jwt` will do (RFC 9068 §4).
 */
export function checkType(
  header: JoseHeader,
  claims: JwtClaims,
  { profile, tokenKind }: Pick<TokenPolicy, 'profile' | 'tokenKind'>,
): Reason | undefined {
  const contradiction = tokenKind === 'detect' ? contradictingType(header, claims) : undefined
  if (contradiction !== undefined) return contradiction
  if (profile === 'rfc9068' && !hasAccessTokenType(header)) {
    return new Reason('type_required', { expected: '`at+jwt`', actual: show(header['typ']) })
  }
  if (tokenKind !== 'detect') return checkByFunction(header, claims, tokenKind)
  return hardEvidence(header, claims)
}

/** Rules 2 and 3. */
function hardEvidence(header: JoseHeader, claims: JwtClaims): Reason | undefined {
  if (provesAccessToken(header, claims)) return undefined
  const evidence = ID_TOKEN_CLAIMS.find((name) => claims[name] !== undefined)
  return evidence === undefined ? undefined : idToken(`the claim ${evidence}`, claims)
}

/**
 * Whether a token without a telling type looks like an ID token. Rule 4: nothing says what it allows and whom it was given to,
 * or it describes a login and lacks one of the two. Roles and permissions prove nothing: Entra puts app roles into ID tokens.
 * Not asked of an issuer that shares a secret with this API: there the key itself says whom the token is for.
 */
export function checkEvidence(
  header: JoseHeader,
  claims: JwtClaims,
  { sharedSecret, tokenKind, mapping }: Pick<TokenPolicy, 'sharedSecret' | 'tokenKind' | 'mapping'>,
): Reason | undefined {
  if (sharedSecret || tokenKind !== 'detect' || provesAccessToken(header, claims)) return undefined
  if (isMachineToken(claims, mapping.client(claims))) return undefined
  const clients = clientClaims(claims)
  const login = LOGIN_CLAIMS.find((name) => claims[name] !== undefined)
  if (hasScopeClaim(claims)) {
    return clients.length > 0 || login === undefined ? undefined : looksLikeIdToken('a client', login)
  }
  const audience = audiences(claims)
  if (clients.every((client) => audience.includes(client)))
    return looksLikeIdToken('a scope, or a client that is not the audience', login)
  return login === undefined ? undefined : looksLikeIdToken('a scope', login)
}

function looksLikeIdToken(expected: string, login: string | undefined): Reason {
  const actual = login === undefined ? 'neither' : `none, but the login claim ${login}`
  return new Reason('not_an_access_token', { expected, actual })
}

/** Only `true` admits: a function that forgets to answer, or answers with a promise, refuses. */
function checkByFunction(
  header: JoseHeader,
  claims: JwtClaims,
  isAccessToken: TokenKindFunction,
): Reason | undefined {
  if (isAccessToken(claims, header) === true) return undefined
  // Where the rules would refuse it too, theirs is the better name for it.
  return (
    contradictingType(header, claims) ??
    hardEvidence(header, claims) ??
    new Reason('not_an_access_token', {
      expected: "what this issuer's tokens for APIs have",
      actual: `claims ${show(Object.keys(claims))}`,
      hint: 'this issuer has rules of its own for what opens an API: its preset, or the option `tokenKind`',
    })
  )
}

/** Rule 2: marks that issuers put into access tokens only. */
export function provesAccessToken(header: JoseHeader, claims: JwtClaims): boolean {
  if (hasAccessTokenType(header) || ACCESS_USES.includes(claims['token_use'] as string)) return true
  if (payloadType(claims) === 'bearer' || payloadType(claims) === 'dpop') return true
  return claims['scp'] !== undefined && clientClaims(claims).length > 0
}

function contradictingType(header: JoseHeader, claims: JwtClaims): Reason | undefined {
  const { typ } = header
  if (!isTypedForApis(header)) {
    const code = typeof typ === 'string' ? NAMED_TYPES.get(mediaType(typ)) : undefined
    return new Reason(code ?? 'other_token_type', { expected: 'typ `at+jwt` or `JWT`', actual: show(typ) })
  }
  const { token_use: use } = claims
  if (use !== undefined && !ACCESS_USES.includes(use as string)) {
    const code = TOKEN_USES.get(use as string) ?? 'other_token_type'
    return new Reason(code, { expected: 'token_use `access`', actual: show(use) })
  }
  const type = payloadType(claims)
  if (claims['typ'] !== undefined && !['bearer', 'dpop', 'jwt', 'at+jwt'].includes(type ?? '')) {
    const code = PAYLOAD_TYPES.get(type ?? '') ?? 'other_token_type'
    return new Reason(code, { expected: 'the claim typ `Bearer`', actual: show(claims['typ']) })
  }
  return contradictingClaim(claims)
}

function contradictingClaim(claims: JwtClaims): Reason | undefined {
  const { events, jti } = claims
  if (events !== undefined) {
    const logout = typeof events === 'object' && events !== null && BACK_CHANNEL_LOGOUT in events
    return new Reason(logout ? 'logout_token' : 'other_token_type', { actual: 'the claim events' })
  }
  const foreign = FOREIGN_CLAIMS.find((name) => claims[name] !== undefined)
  if (foreign !== undefined) return new Reason('other_token_type', { actual: `the claim ${foreign}` })
  return jti?.startsWith('ID.') ? idToken('a jti beginning with ID.', claims) : undefined
}

function idToken(mark: string, claims: JwtClaims): Reason {
  return new Reason('id_token', {
    actual: `${mark}, aud ${show(claims.aud)}`,
    hint: 'an ID token tells the client who signed in. Let the client request an access token with the audience of this API, and send that',
  })
}

function hasAccessTokenType({ typ }: JoseHeader): boolean {
  return typeof typ === 'string' && (typ === 'at+jwt' || ACCESS_TOKEN_TYPES.includes(typ.toLowerCase()))
}

/** Whether the header does not say that the token is something else: no `typ`, `JWT`, or `at+jwt`. */
export function isTypedForApis(header: JoseHeader): boolean {
  return header['typ'] === undefined || hasAccessTokenType(header) || isNeutralType(header['typ'])
}

export function isNeutralType(typ: unknown): boolean {
  return typ === 'JWT' || (typeof typ === 'string' && mediaType(typ) === 'jwt')
}

/** A media type in lower case and without the prefix that may be left out (RFC 7515 §4.1.9). */
export function mediaType(typ: string): string {
  return typ.toLowerCase().replace(/^application\//, '')
}

function payloadType({ typ }: JwtClaims): string | undefined {
  return typeof typ === 'string' ? typ.toLowerCase() : undefined
}

function hasScopeClaim(claims: JwtClaims): boolean {
  return claims['scope'] !== undefined || claims['scp'] !== undefined
}
