import type { Issuer } from '../issuers/issuer.ts'
import { show } from '../text.ts'
import type { AuthContext } from '../token/context.ts'
import { type JsonObject, parseJsonObject } from '../token/json.ts'
import type { Answer } from '../upstream/fetch.ts'
import { readSigned } from './signed.ts'
import { UserinfoError } from './userinfo-error.ts'

/** What an issuer tells about a user (OpenID Connect Core §5.1). `sub` is that of the token; no other member is checked. Frozen. */
export type Userinfo = JsonObject & { readonly sub: string }

/**
 * Reads a successful answer of the userinfo endpoint (OpenID Connect Core §5.3.2): JSON, or a JWT signed by the issuer, about the
 * subject of the token and nobody else.
 *
 * @param now seconds since the epoch
 * @throws UserinfoError
 */
export async function readAnswer(
  answer: Answer,
  auth: AuthContext,
  issuer: Issuer,
  now: number,
): Promise<Userinfo> {
  const claims = await readClaims(answer, auth, issuer, now)
  if (isAbout(claims, auth.subject)) return claims
  const { sub } = claims
  if (typeof sub !== 'string')
    throw new UserinfoError('malformed', {
      actual: `its \`sub\` is ${sub === undefined ? 'missing' : 'no text'}`,
    })
  throw new UserinfoError('subject_mismatch', { actual: '`sub` is not that of the token' })
}

function isAbout(claims: JsonObject, subject: string | undefined): claims is Userinfo {
  return typeof claims['sub'] === 'string' && claims['sub'] === subject
}

function readClaims(
  { headers, body }: Answer,
  auth: AuthContext,
  issuer: Issuer,
  now: number,
): JsonObject | Promise<JsonObject> {
  const type = (headers.get('content-type') ?? '').replaceAll(auth.token, '(the token)')
  switch (type.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/json':
      return readJson(body)
    case 'application/jwt':
      return readSigned(body.toString('latin1'), auth, issuer, now)
    default:
      throw new UserinfoError('malformed', { actual: `its content type is ${show(type)}` })
  }
}

function readJson(body: Buffer): JsonObject {
  const json = parseJsonObject(body)
  if (json.ok) return json.value
  throw new UserinfoError('malformed', { actual: `its body ${json.flaw}` })
}
