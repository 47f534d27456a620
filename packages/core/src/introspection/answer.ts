import { hash } from 'node:crypto'
import { show } from '../text.ts'
import type { Caller } from '../token/context.ts'
import { type JsonObject, parseJsonObject } from '../token/json.ts'
import { FetchFailure, type Answer as HttpAnswer } from '../upstream/fetch.ts'
import { readSignedAnswer, SIGNED_TYPE, type SignedAnswerPolicy } from './signed-answer.ts'

/** What an issuer says of a token: its claims, or what stands in the place of `active: true`, ready to print. */
export type Answer =
  | {
      readonly active: true
      /** As the issuer gave them, save for the token itself, in whose place its SHA-256 stands. */
      readonly claims: JsonObject
      /** With `iss`, and with `exp` when the answer itself is out of date, where the issuer left them out. */
      readonly whole: JsonObject
      readonly size: number
      /** Who calls with it, once it passed every check: for as long as the answer counts, most of them come out the same. */
      readonly judged: { caller: Caller | undefined }
    }
  | { readonly active: false; readonly said: string }

/** What an answer is held to. */
export interface AnswerPolicy extends SignedAnswerPolicy {
  /** Only signed answers count. */
  readonly signed: boolean
  /** Seconds for which an answer counts. */
  readonly ttl: number
}

/**
 * Reads an introspection response (RFC 7662 §2.2), plain or signed (RFC 9701 §5). Only `active: true` is active: a text is not.
 *
 * @throws FetchFailure where it is none, or its signature does not hold; the token is not at fault
 */
export async function readAnswer(
  url: string,
  token: string,
  { headers, body }: HttpAnswer,
  policy: AnswerPolicy,
): Promise<Answer> {
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  const isSigned = type === SIGNED_TYPE
  if (policy.signed && !isSigned)
    throw new FetchFailure(`${url} answered ${show(type)}, and only signed answers count: ${SIGNED_TYPE}`)
  const said = isSigned ? await readSignedAnswer(url, body.toString('latin1'), policy) : plain(url, body)
  const claims = without(token, said)
  const { active } = claims
  return active === true
    ? {
        active,
        claims,
        whole: complete(claims, policy),
        size: body.length,
        judged: { caller: undefined },
      }
    : {
        active: false,
        said: `active ${active === undefined || active === false ? show(active) : `as ${typeof active}`}`,
      }
}

/** Claims are printed and logged, and the token is not: where it is one of them, a `jti` for instance, its SHA-256 takes its place. */
function without(token: string, claims: JsonObject): JsonObject {
  const members = Object.entries(claims)
  if (members.every(([, value]) => value !== token)) return claims
  const name = hash('sha256', token, 'base64url')
  return Object.freeze(
    Object.fromEntries(members.map(([key, value]) => [key, value === token ? name : value])),
  )
}

/** Both may be left out (RFC 7662 §2.2): it is its issuer that was asked, and a token without an end is good for as long as the answer is. */
function complete(claims: JsonObject, { issuer, ttl, now }: AnswerPolicy): JsonObject {
  const { iss, exp } = claims
  if (iss !== undefined && exp !== undefined) return claims
  return Object.freeze({ iss: issuer, exp: Math.ceil(now() / 1000) + Math.max(ttl, 1), ...claims })
}

function plain(url: string, body: Buffer): JsonObject {
  const json = parseJsonObject(body)
  if (json.ok) return json.value
  throw new FetchFailure(`${url} gave an answer that ${json.flaw}`)
}
