import { randomBytes } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { isSymmetric } from '../algorithms.ts'
import { keyPair, sharedSecret } from '../keys/key-pairs.ts'
import { accessTokenClaims, DEFAULT_LIFETIME, nowOf } from './claims.ts'
import { compactWith } from './compact.ts'
import { ACCESS_TOKEN_TYPE, type Mint, type Parts, partsOf, signParts } from './mint.ts'
import type {
  EncryptedOptions,
  ExpiredOptions,
  NotYetValidOptions,
  TamperedOptions,
  TokenOptions,
} from './token-options.ts'

/** Access tokens with exactly one thing wrong, which every API must refuse. */
export interface FlawedTokens {
  /** `alg: none` and an empty signature (RFC 7518 §3.6). */
  unsigned(options?: Omit<TokenOptions, 'algorithm' | 'key'>): Promise<string>
  /** The right key id and claims, signed with a key that is not the issuer's. */
  signedByStranger(options?: Omit<TokenOptions, 'key'>): Promise<string>
  /** Past its `exp` (RFC 7519 §4.1.4). */
  expired(options?: ExpiredOptions): Promise<string>
  /** Before its `nbf` (RFC 7519 §4.1.5). */
  notYetValid(options?: NotYetValidOptions): Promise<string>
  /** Payload changed after signing. */
  tampered(options?: TamperedOptions): Promise<string>
  /** A JWE of five parts, `dir` and `A256GCM`, around an access token (RFC 7516 §7.1). */
  encrypted(options?: EncryptedOptions): Promise<string>
}

export function flawedTokens(mint: Mint): FlawedTokens {
  const accessParts = (options: TokenOptions): Parts =>
    partsOf(mint, ACCESS_TOKEN_TYPE, accessTokenClaims(mint.identity, options), options)
  const accessToken = (options: TokenOptions): string => signParts(mint, accessParts(options), options)

  return {
    async unsigned(options = {}) {
      const header = { alg: 'none', kid: undefined, ...options.header }
      const parts = accessParts({ ...options, header })
      return compactWith(parts.header, parts.payload, '')
    },
    async signedByStranger(options = {}) {
      const algorithm = options.algorithm ?? mint.keys.defaultAlgorithm
      const key = isSymmetric(algorithm)
        ? sharedSecret(algorithm, 'stranger', 0)
        : (await keyPair(algorithm, 'stranger', 0)).privateKey
      return accessToken({ ...options, key })
    },
    async expired({ secondsAgo = 3600, ...options } = {}) {
      const exp = nowOf(mint.identity) - secondsAgo
      return accessToken({ ...options, claims: { iat: exp - DEFAULT_LIFETIME, exp, ...options.claims } })
    },
    async notYetValid({ secondsAhead = 3600, ...options } = {}) {
      const nbf = nowOf(mint.identity) + secondsAhead
      return accessToken({ ...options, claims: { nbf, exp: nbf + DEFAULT_LIFETIME, ...options.claims } })
    },
    async tampered({ change = { tampered: true }, ...options } = {}) {
      const parts = accessParts(options)
      const signed = signParts(mint, parts, options)
      const [, , signature = ''] = signed.split('.')
      const altered = compactWith(parts.header, { ...parts.payload, ...change }, signature)
      if (altered === signed) throw new TypeError('change alters nothing; give a claim another value')
      return altered
    },
    async encrypted({ contentKey = randomBytes(32), ...options } = {}) {
      return new CompactEncrypt(Buffer.from(accessToken(options)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
        .encrypt(contentKey)
    },
  }
}
