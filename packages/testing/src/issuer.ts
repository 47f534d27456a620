import type { KeyObject } from 'node:crypto'
import type { Algorithm, AsymmetricAlgorithm, SymmetricAlgorithm } from './algorithms.ts'
import { type HttpControl, httpIssuer } from './http/http-issuer.ts'
import type { IntrospectionOptions } from './http/introspection.ts'
import type { RequestLog } from './http/request-log.ts'
import type { PublicJwk } from './keys/key-pairs.ts'
import { type JwkSet, openKeyRing, type RotationOptions } from './keys/key-ring.ts'
import type { Identity } from './tokens/claims.ts'
import { type FlawedTokens, flawedTokens } from './tokens/flaws.ts'
import { type TokenKinds, tokenKinds } from './tokens/kinds.ts'
import { tokenRegister } from './tokens/register.ts'

export interface TestIssuerOptions {
  /** The issuer identifier until `listen()`. Issuers of one name have the same keys. Default: `https://issuer.test/`. */
  readonly issuer?: string
  /** The API that access tokens are for. Default: `https://api.test/`. */
  readonly audience?: string
  /** Algorithms to have keys for; the first signs where nothing else is asked for. Default: `['RS256']`. */
  readonly algorithms?: readonly Algorithm[]
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number
  /** Default: `test-client`. */
  readonly clientId?: string
  /** Default: `user-1`. */
  readonly subject?: string
  /** Whom the introspection endpoint answers, and for whom it signs. */
  readonly introspection?: IntrospectionOptions
}

/** An issuer for tests: sound tokens, flawed tokens, keys, and an HTTP side that fails on command. */
export interface TestIssuer extends TokenKinds, FlawedTokens, HttpControl, AsyncDisposable {
  /** The `iss` of its tokens. */
  readonly issuer: string
  readonly audience: string
  readonly clientId: string
  readonly subject: string
  /** The public keys of now (RFC 7517 §5); shared secrets are never in it. */
  jwks(): JwkSet
  /** Replaces all keys and secrets. The old keys leave the set, or stay with `keepOld`. */
  rotateKeys(options?: RotationOptions): Promise<void>
  kid(algorithm?: AsymmetricAlgorithm): string
  publicJwk(algorithm?: AsymmetricAlgorithm): PublicJwk
  /** The public key as SPKI PEM text, the classic secret of an algorithm confusion (RFC 8725 §2.1). */
  publicPem(algorithm?: AsymmetricAlgorithm): string
  /** The private key, to sign with it later: `accessToken({ key })` after a rotation. */
  privateKey(algorithm?: AsymmetricAlgorithm): KeyObject
  /** The shared secret of an HS algorithm, for the API under test. */
  secret(algorithm?: SymmetricAlgorithm): string
  /** The `jwks_uri`; throws a TypeError before `listen()`. */
  readonly jwksUri: string
  /** The `introspection_endpoint`; throws a TypeError before `listen()`. */
  readonly introspectionEndpoint: string
  /** The `userinfo_endpoint`; throws a TypeError before `listen()`. */
  readonly userinfoEndpoint: string
  /** The introspection and userinfo endpoints forget the token; a JWT stays well signed (RFC 7009 §2). */
  revoke(token: string): void
  readonly requests: RequestLog
}

/** Makes an issuer; with RSA the first of a process takes some 100 ms, later ones reuse the keys. */
export async function createTestIssuer(options: TestIssuerOptions = {}): Promise<TestIssuer> {
  let { issuer = 'https://issuer.test/' } = options
  const { algorithms = ['RS256'], audience = 'https://api.test/' } = options
  const { clock = Date.now, clientId = 'test-client', subject = 'user-1' } = options

  const keys = await openKeyRing(issuer, [...algorithms])
  const identity: Identity = { issuer: () => issuer, audience, clientId, subject, clock: () => clock() }
  const mint = { identity, keys, register: tokenRegister(identity) }
  const onListen = (name: string) => {
    issuer = name
  }
  const http = httpIssuer(mint, options.introspection ?? {}, onListen)

  return {
    get issuer() {
      return issuer
    },
    audience,
    clientId,
    subject,
    ...tokenKinds(mint),
    ...flawedTokens(mint),
    jwks: keys.jwks,
    rotateKeys: keys.rotate,
    kid: (algorithm) => keys.pair(algorithm).publicJwk.kid,
    publicJwk: (algorithm) => ({ ...keys.pair(algorithm).publicJwk }),
    publicPem: (algorithm) =>
      keys.pair(algorithm).publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: (algorithm) => keys.pair(algorithm).privateKey,
    secret: keys.secret,
    revoke: mint.register.revoke,
    ...http.control,
    get jwksUri() {
      return http.places().jwks
    },
    get introspectionEndpoint() {
      return http.places().introspection
    },
    get userinfoEndpoint() {
      return http.places().userinfo
    },
    get requests() {
      return http.log()
    },
    [Symbol.asyncDispose]: http.control.close,
  }
}
