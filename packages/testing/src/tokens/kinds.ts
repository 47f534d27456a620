import { randomBytes } from 'node:crypto'
import {
  accessTokenClaims,
  idTokenClaims,
  logoutTokenClaims,
  opaqueTokenClaims,
  refreshTokenClaims,
} from './claims.ts'
import { compactWith, signedCompact } from './compact.ts'
import { type EncryptOptions, encryptCompact } from './encrypt.ts'
import { ACCESS_TOKEN_TYPE, claimsOf, type Mint, partsOf, signParts } from './mint.ts'
import type { IdTokenOptions, OpaqueTokenOptions, RawOptions, TokenOptions } from './token-options.ts'

/** The sound tokens that an issuer gives out, one kind a function. */
export interface TokenKinds {
  /** An access token (RFC 9068 §2), which the introspection and userinfo endpoints know. */
  accessToken(options?: TokenOptions): Promise<string>
  /** An ID token, for the client (OpenID Connect Core §2). */
  idToken(options?: IdTokenOptions): Promise<string>
  /** A refresh token in JWT form, for the issuer itself, as Keycloak shapes it. */
  refreshToken(options?: TokenOptions): Promise<string>
  /** A logout token, for the client (OpenID Connect Back-Channel Logout §2.4). */
  logoutToken(options?: TokenOptions): Promise<string>
  /** An access token that is no JWT: 43 random characters. The introspection endpoint knows its claims. */
  opaqueToken(options?: OpaqueTokenOptions): Promise<string>
  /** A token that is no JWT, and that nobody knows: 43 random characters. */
  opaque(): Promise<string>
  /** A token of exactly these parts, duplicate members and invalid UTF-8 included. */
  raw(options: RawOptions): Promise<string>
  /** A token, or any text, encrypted for an API that has the private key (RFC 7519 §11.2). */
  encrypt(token: string | Uint8Array, options: EncryptOptions): Promise<string>
}

export function tokenKinds(mint: Mint): TokenKinds {
  const { identity, keys, register } = mint
  const defaultHeader = (alg = keys.defaultAlgorithm) => ({
    alg,
    typ: ACCESS_TOKEN_TYPE,
    kid: keys.kidOf(alg),
  })

  return {
    async accessToken(options = {}) {
      const parts = partsOf(mint, ACCESS_TOKEN_TYPE, accessTokenClaims(identity, options), options)
      const token = signParts(mint, parts, options)
      register.add(token, parts.payload)
      return token
    },
    async idToken(options = {}) {
      const claims = idTokenClaims(identity, options, options.algorithm ?? keys.defaultAlgorithm)
      return signParts(mint, partsOf(mint, 'JWT', claims, options), options)
    },
    async refreshToken(options = {}) {
      return signParts(mint, partsOf(mint, 'JWT', refreshTokenClaims(identity, options), options), options)
    },
    async logoutToken(options = {}) {
      const parts = partsOf(mint, 'logout+jwt', logoutTokenClaims(identity, options), options)
      return signParts(mint, parts, options)
    },
    async opaqueToken(options = {}) {
      const token = randomText()
      register.add(token, claimsOf(opaqueTokenClaims(identity, options), options))
      return token
    },
    async opaque() {
      return randomText()
    },
    async raw({ algorithm = keys.defaultAlgorithm, key, header, payload, signature }) {
      const head = header ?? defaultHeader(algorithm)
      if (signature !== undefined) return compactWith(head, payload, signature)
      return signedCompact(head, payload, algorithm, key ?? keys.signingKey(algorithm))
    },
    encrypt: encryptCompact,
  }
}

function randomText(): string {
  return randomBytes(32).toString('base64url')
}
