import type { Case, Check } from './check.ts'
import { isB64Token, readCredentials } from './http/credentials.ts'
import type { Issuer } from './issuers/issuer.ts'
import { foreignToken } from './issuers/unknown.ts'
import { findKeys } from './keys/find.ts'
import { Reason } from './reason.ts'
import type { Settings } from './settings.ts'
import { show } from './text.ts'
import { checkActor } from './token/actor.ts'
import { checkAlgorithm } from './token/algorithm-check.ts'
import { checkAudience } from './token/audience.ts'
import { checkBinding } from './token/binding.ts'
import { checkShape } from './token/claims.ts'
import { checkClientAllowed, checkClientClaims } from './token/client.ts'
import { parseCompact } from './token/compact.ts'
import { checkEvidence, checkType } from './token/kind.ts'
import { findSigner, type VerificationKey } from './token/signature.ts'
import { checkTimes, timesInWords } from './token/times.ts'

/** The way of a request, from the first to the last check. All of them must pass; nothing else admits. */
export const CHECKS: readonly [Check, ...Check[]] = [
  {
    name: 'credentials',
    title: 'one token, in one place',
    ask(one, { settings }) {
      const credentials = readCredentials(one.request, settings.tokenHeader)
      if (credentials instanceof Reason) return credentials
      one.text = credentials.token
      return undefined
    },
    found: ({ text }) => `length ${text.length}`,
  },
  {
    name: 'form',
    title: 'a signed JWT, strictly formed',
    needs: 'credentials',
    once: true,
    ask(one, { headers }) {
      const token = parseCompact(one.text, headers)
      if (token instanceof Reason) return isB64Token(one.text) ? token : new Reason('malformed_credentials')
      one.token = token
      one.jws = token
      return undefined
    },
    found: ({ token }) => `alg ${show(token.header.alg)}, typ ${show(token.header['typ'])}`,
  },
  {
    name: 'issuer',
    title: 'from an issuer of this API',
    needs: 'form',
    ask(one, { settings }) {
      const found = settings.issuers.find(one.token.claims['iss'])
      return found instanceof Promise
        ? found.then((issuer) => takeIssuer(one, issuer, settings))
        : takeIssuer(one, found, settings)
    },
    found: ({ token }) => show(token.claims['iss']),
  },
  {
    name: 'algorithm',
    title: 'signed with an allowed algorithm',
    needs: 'issuer',
    once: true,
    ask: ({ token, issuer }) => checkAlgorithm(token.header, token.claims, issuer),
    found: ({ token }) => token.header.alg,
  },
  {
    name: 'key',
    title: 'with a key of the issuer',
    needs: 'algorithm',
    ask(one) {
      const { header, claims } = one.token
      const found = findKeys(one.issuer.keys, header, claims['iss'] as string)
      return found instanceof Promise ? found.then((keys) => takeKeys(one, keys)) : takeKeys(one, found)
    },
    found: ({ token }) => `kid ${show(token.header.kid)}`,
  },
  {
    name: 'signature',
    title: 'the signature holds',
    needs: 'key',
    once: true,
    ask(one, { settings }) {
      const signer = findSigner(one.jws, one.keys)
      if (signer instanceof Reason) return signer
      one.signer = signer
      settings.issuers.proved(one.issuer)
      return undefined
    },
  },
  {
    name: 'claims',
    title: 'claims are there, and well-formed',
    needs: 'issuer',
    once: true,
    ask(one) {
      const claims = checkShape(one.token.claims, one.issuer)
      if (claims instanceof Reason) return claims
      one.claims = claims
      return undefined
    },
  },
  {
    name: 'type',
    title: 'typed as no other kind of token',
    needs: 'claims',
    once: true,
    ask: ({ token, claims, issuer }) => checkType(token.header, claims, issuer),
    found: ({ token }) => `typ ${show(token.header['typ'])}`,
  },
  {
    name: 'audience',
    title: 'meant for this API',
    needs: 'claims',
    once: true,
    ask: ({ token, claims, issuer }) => checkAudience(token.header, claims, issuer),
    found: ({ claims, issuer }) => show(issuer.mapping.audience(claims)),
  },
  {
    name: 'one client',
    title: 'names one client at most',
    needs: 'claims',
    once: true,
    ask: ({ claims }) => checkClientClaims(claims),
    found: ({ claims, issuer }) => show(issuer.mapping.client(claims)),
  },
  {
    name: 'actor',
    title: 'says who acts, if anybody does',
    needs: 'claims',
    once: true,
    ask: ({ claims }) => checkActor(claims),
    found: ({ claims }) => (claims['act'] === undefined ? 'nobody acts for another' : show(claims['act'])),
  },
  {
    name: 'evidence',
    title: 'reads like an access token',
    needs: 'claims',
    once: true,
    ask: ({ token, claims, issuer }) => checkEvidence(token.header, claims, issuer),
  },
  {
    name: 'binding',
    title: 'bound to no key',
    needs: 'claims',
    ask: ({ claims }) => checkBinding(claims),
  },
  {
    name: 'times',
    title: 'valid now',
    needs: 'claims',
    ask: ({ claims, issuer }, { runtime }) => checkTimes(claims, issuer, Math.floor(runtime.now() / 1000)),
    found: ({ claims }, { runtime }) => timesInWords(claims, Math.floor(runtime.now() / 1000)),
  },
  {
    name: 'client',
    title: 'from a client that may use this API',
    needs: 'claims',
    once: true,
    ask: ({ claims, issuer }) => checkClientAllowed(claims, issuer),
    found: ({ claims, issuer }) =>
      issuer.clients === undefined ? 'any client may' : show(issuer.mapping.client(claims)),
  },
]

function takeIssuer(one: Case, issuer: Issuer | Reason, { issuers }: Settings): Reason | undefined {
  if (issuer instanceof Reason) {
    const own = issuers.all.map(({ issuer: identifier }) => identifier)
    return foreignToken(issuer, one.token.claims, own)
  }
  one.issuer = issuer
  return undefined
}

function takeKeys(one: Case, keys: readonly VerificationKey[] | Reason): Reason | undefined {
  if (keys instanceof Reason) return keys
  one.keys = keys
  return undefined
}
