import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto'

/** A fresh key set with one RS256 signing key: nothing that this authorization server signs outlives it. */
export function createSigningKeys(): {
  keys: (JsonWebKey & { kid: string; alg: string; use: 'sig' })[]
} {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    keys: [
      {
        ...privateKey.export({ format: 'jwk' }),
        kid: randomBytes(4).toString('hex'),
        alg: 'RS256',
        use: 'sig',
      },
    ],
  }
}
