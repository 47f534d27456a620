import { sign as createSignature, generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto'

export interface SigningKeys {
  /** Private keys, as oidc-provider takes them. */
  readonly jwks: { keys: (JsonWebKey & { kid: string; alg: string; use: 'sig' })[] }
  /** An access token (RFC 9068) with these claims. */
  sign(claims: object): string
}

/** A fresh key set with one RS256 signing key: nothing that this authorization server signs outlives it. */
export function createSigningKeys(): SigningKeys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomBytes(4).toString('hex')
  const key = { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' as const }
  return {
    jwks: { keys: [key] },
    sign(claims) {
      const content = `${encode({ alg: 'RS256', typ: 'at+jwt', kid })}.${encode(claims)}`
      return `${content}.${createSignature('sha256', Buffer.from(content), privateKey).toString('base64url')}`
    },
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
