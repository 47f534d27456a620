import type { Check } from './check.ts'
import { CLAIMS_CHECKS } from './claims-checks.ts'
import { readCredentials } from './http/credentials.ts'
import { ASK_ABOUT_OPAQUE, confirmJwt } from './introspect.ts'
import { isOpaque } from './introspection/opaque.ts'
import { Reason } from './reason.ts'
import type { Settings } from './settings.ts'
import { SIGNATURE_CHECKS } from './signature-checks.ts'

/** The first check of all. What the token looks like decides which way it goes from there. */
export const CREDENTIALS: Check = {
  name: 'credentials',
  title: 'one token, in one place',
  ask(one, { settings }) {
    const credentials = readCredentials(one.request, settings.tokenHeader)
    if (credentials instanceof Reason) return credentials
    one.text = credentials.token
    one.signed = credentials.token
    return undefined
  },
  found: ({ text }) => `length ${text.length}`,
}

/** The way of a JWT, from the first check after its credentials to the last. All of them must pass; nothing else admits. */
export const JWT_WAY: readonly Check[] = [...SIGNATURE_CHECKS, ...CLAIMS_CHECKS, confirmJwt(CLAIMS_CHECKS)]

const [{ once: _, ...SHAPE }, ...OTHERS] = CLAIMS_CHECKS

/**
 * The way of an opaque token: what its issuer says of it is held to the same as what a JWT says; it need not look like a JWT.
 * Its claims are taken from the answer each time; what else holds for good is asked once an answer.
 */
const OPAQUE_WAY: readonly Check[] = [
  ASK_ABOUT_OPAQUE,
  { ...SHAPE, needs: ASK_ABOUT_OPAQUE.name },
  ...OTHERS.filter(({ name }) => name !== 'evidence'),
]

/** The checks that a token is put to. */
export function wayOf(token: string, { issuers }: Settings): readonly Check[] {
  const { opaque } = issuers
  if (opaque?.introspection === undefined) return JWT_WAY
  return isOpaque(token, opaque.introspection.form) ? OPAQUE_WAY : JWT_WAY
}
