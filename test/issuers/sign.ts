import { createHmac, sign } from 'node:crypto'
import { createTestIssuer } from '@gatewarden/testing'

const issuer = await createTestIssuer({ algorithms: ['RS256', 'ES256', 'ES384'] })

/** The keys that sign every token of these tests. */
export const jwks = issuer.jwks()
export const kid = issuer.kid('RS256')

/** A signed token with exactly these claims, and this header beside `kid`; `alg` is RS256 unless the header says otherwise. */
export function signed(claims: object, header: Readonly<Record<string, unknown>> = {}): string {
  const alg = `${header['alg'] ?? 'RS256'}`
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const key = alg === 'ES256' || alg === 'ES384' ? issuer.kid(alg) : kid
  const input = `${part({ alg, kid: key, ...header })}.${part(claims)}`
  return `${input}.${signature(alg, Buffer.from(input)).toString('base64url')}`
}

/** By the issuer's key; with an HS algorithm, by a secret that no API here has. */
function signature(alg: string, input: Buffer): Buffer {
  const hash = `sha${alg.slice(2)}`
  if (alg.startsWith('HS')) return createHmac(hash, 'a secret of the issuer alone').update(input).digest()
  if (alg === 'RS256') return sign(hash, input, issuer.privateKey(alg))
  if (alg === 'ES256' || alg === 'ES384')
    return sign(hash, input, { key: issuer.privateKey(alg), dsaEncoding: 'ieee-p1363' })
  throw new TypeError(`no key for ${alg}`)
}
