import type { Check } from './check.ts'
import { Reason } from './reason.ts'
import { show } from './text.ts'
import { checkActor } from './token/actor.ts'
import { checkAudience } from './token/audience.ts'
import { checkBinding } from './token/binding.ts'
import { checkShape } from './token/claims.ts'
import { checkClientAllowed, checkClientClaims } from './token/client.ts'
import { checkEvidence, checkType } from './token/kind.ts'
import { checkTimes, timesInWords } from './token/times.ts'

/** Whether a token is an access token for this API, now, by what it says; or by what its issuer says of it. */
export const CLAIMS_CHECKS: readonly [Check, ...Check[]] = [
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
