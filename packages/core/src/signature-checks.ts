import type { Case, Check } from './check.ts'
import { checkReplicas, hasFiveParts, type ParsedJwe, parseJwe } from './encryption/jwe.ts'
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
    name: 'encryption',
    title: 'encrypted for this API, or not at all',
    needs: 'credentials',
    once: true,
    late: 'decryption_unavailable',
    applies: (_, { settings }) => settings.decryption !== undefined,
    ask(one, { settings: { decryption } }) {
      if (decryption === undefined) return undefined
      if (!hasFiveParts(one.text)) return decryption.required ? notEncrypted(one) : undefined
      const jwe = parseJwe(one.text)
      if (jwe instanceof Reason) return unreadable(one, jwe)
      return decryption.open(jwe).then((signed) => takeSigned(one, jwe, signed))
    },
    found: ({ jwe }) =>
      jwe === undefined ? 'not encrypted' : `alg ${jwe.alg}, enc ${jwe.enc}, kid ${show(jwe.kid)}`,
  },
  {
    name: 'form',
    title: 'a signed JWT, strictly formed',
    needs: 'encryption',
    once: true,
    ask(one, { headers, settings }) {
      const token = parseCompact(one.signed, headers)
      if (token instanceof Reason) return unreadable(one, withForm(token, settings))
      one.token = token
      one.jws = token
      return one.jwe && checkReplicas(one.jwe, token.claims)
    },
    found: ({ token }) => `alg ${show(token.header.alg)}, typ ${show(token.header['typ'])}`,
  },
  {
    name: 'issuer',
    title: 'from an issuer of this API',
    needs: 'form',
    once: true,
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
    once: true,
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

/** A text that cannot stand in the field at all is a fault of the request. */
function unreadable({ text }: Case, reason: Reason): Reason {
  return isB64Token(text) ? reason : new Reason('malformed_credentials')
}

/** An API that asks about opaque tokens is not told to get JWTs instead. */
function withForm(reason: Reason, { issuers }: Settings): Reason {
  if (reason.code !== 'opaque_token' || issuers.opaque?.introspection?.form === undefined) return reason
  return reason.withHint(
    'it looks otherwise than the option `introspection.opaque` says, so that nobody was asked about it',
  )
}

function notEncrypted(one: Case): Reason {
  return unreadable(one, new Reason('encryption_required'))
}

function takeSigned(one: Case, jwe: ParsedJwe, signed: string | Reason): Reason | undefined {
  if (signed instanceof Reason) return signed
  one.jwe = jwe
  one.signed = signed
  return undefined
}

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
