import type { Case, Check } from './check.ts'
import { isB64Token } from './http/credentials.ts'
import type { Answer } from './introspection/answer.ts'
import { MAX_OPAQUE_LENGTH } from './introspection/opaque.ts'
import { checkTokenType } from './introspection/token-type.ts'
import type { Issuer } from './issuers/issuer.ts'
import { Reason } from './reason.ts'
import { show } from './text.ts'
import { clientClaims } from './token/client.ts'
import { NO_HEADER } from './token/compact.ts'
import type { JsonObject } from './token/json.ts'

/** The name of the check that asks an issuer. */
export const INTROSPECTION = 'introspection'

const ABOUT = { name: INTROSPECTION, late: 'introspection_unavailable' } as const

/** Asks the issuer what an opaque token is. Its answer takes the place of a signature and of claims in the token. */
export const ASK_ABOUT_OPAQUE: Check = {
  ...ABOUT,
  title: 'active, says the issuer',
  needs: 'credentials',
  ask(one, { settings }) {
    const { opaque } = settings.issuers
    const { text } = one
    if (opaque?.introspection === undefined) return new Reason('opaque_token')
    if (!isB64Token(text)) return new Reason('malformed_credentials')
    if (text.length > MAX_OPAQUE_LENGTH) {
      const expected = `an opaque token of at most ${MAX_OPAQUE_LENGTH} characters`
      return new Reason('token_too_large', { expected, actual: `${text.length}` })
    }
    const answer = opaque.introspection.find(text, 'opaque')
    return answer instanceof Promise
      ? answer.then((late) => takeOpaque(one, late, opaque))
      : takeOpaque(one, answer, opaque)
  },
  found: ({ token }) => `from ${show(token.claims['iss'])}`,
}

function takeOpaque(one: Case, answer: Answer | Reason, issuer: Issuer): Reason | undefined {
  if (answer instanceof Reason) return answer
  if (!answer.active) return new Reason('token_inactive', { actual: answer.said })
  const { iss } = answer.whole
  if (iss !== issuer.issuer)
    return new Reason('issuer_unknown', { expected: show(issuer.issuer), actual: show(iss) })
  one.issuer = issuer
  one.token = { header: NO_HEADER, claims: answer.whole }
  one.introspected = true
  one.judged = answer.judged
  return checkTokenType(answer.claims)
}

/**
 * Asks the issuer of a JWT that passed every check whether it is active still, where the API wants that. What the issuer says now counts
 * more than what the token said when it was issued.
 *
 * @param again what the claims are held to once more
 */
export function confirmJwt(again: readonly Check[]): Check {
  return {
    ...ABOUT,
    title: 'active still, says the issuer',
    needs: 'signature',
    applies: ({ issuer }) => issuer?.introspection !== undefined && issuer.introspection.when !== 'opaque',
    ask(one, surroundings) {
      const { introspection } = one.issuer
      if (introspection === undefined || introspection.when === 'opaque') return undefined
      const take = (answer: Answer | Reason): Reason | undefined => {
        const refusal = takeConfirmed(one, answer)
        if (refusal !== undefined) return refusal
        for (const check of again) {
          // None of them waits: all that they need is there.
          const reason = check.ask(one, surroundings) as Reason | undefined
          if (reason !== undefined) return reason
        }
        return undefined
      }
      // An encrypted one is known by what was signed: its issuer could not open it again.
      const answer = introspection.find(one.signed, 'jwt')
      return answer instanceof Promise ? answer.then(take) : take(answer)
    },
  }
}

function takeConfirmed(one: Case, answer: Answer | Reason): Reason | undefined {
  if (answer instanceof Reason) return answer
  if (!answer.active) return new Reason('token_inactive', { actual: answer.said })
  const { header, claims } = one.token
  const contradiction = contradictionOf(claims, answer.claims)
  if (contradiction !== undefined) return contradiction
  one.token = { header, claims: merged(claims, answer.claims) }
  one.introspected = true
  return checkTokenType(answer.claims)
}

/** What is said now replaces what was said; scopes under either name do. A token lives no longer for it. */
function merged(token: JsonObject, said: JsonObject): JsonObject {
  const otherScopes = said['scp'] !== undefined && said['scope'] === undefined
  const [end, later] = [token['exp'], said['exp']]
  const isLater = typeof end === 'number' && typeof later === 'number' && later > end
  return Object.freeze({
    ...token,
    ...(otherScopes && { scope: undefined }),
    ...said,
    ...(isLater && { exp: end }),
  })
}

const IDENTITY = ['iss', 'sub', 'client_id', 'jti'] as const

/** An answer about another token is the issuer's mistake, not the caller's. */
function contradictionOf(token: JsonObject, said: JsonObject): Reason | undefined {
  const name = IDENTITY.find(
    (claim) => token[claim] !== undefined && said[claim] !== undefined && token[claim] !== said[claim],
  )
  if (name !== undefined) return anotherToken(name, token[name], said[name])
  // The claim that names it need not be the same in both: `cid` or `azp` in the token, `client_id` in the answer.
  const [clients, others] = [clientClaims(token), clientClaims(said)]
  if (clients.length === 0 || others.every((client) => clients.includes(client))) return undefined
  return anotherToken('client', clients, others)
}

function anotherToken(name: string, expected: unknown, actual: unknown): Reason {
  return new Reason('introspection_unavailable', {
    expected: `${name} ${show(expected)}, as in the token`,
    actual: show(actual),
    hint: 'the issuer answers about another token than it was asked about',
  })
}
