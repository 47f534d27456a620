import type { Case, Check } from './check.ts'
import { isB64Token } from './http/credentials.ts'
import type { Issuer } from './issuers/issuer.ts'
import { foreignToken } from './issuers/unknown.ts'
import { findKeys } from './keys/find.ts'
import { Reason } from './reason.ts'
import type { Settings } from './settings.ts'
import { show } from './text.ts'
import { checkAlgorithm } from './token/algorithm-check.ts'
import { parseCompact } from './token/compact.ts'
import { findSigner, type VerificationKey } from './token/signature.ts'

/** Whether a token is a JWT of an issuer that the API trusts: its form, and who signed it. */
export const SIGNATURE_CHECKS: readonly Check[] = [
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
    late: 'issuer_unavailable',
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
    late: 'keys_unavailable',
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
