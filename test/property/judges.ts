import {
  type AuthContext,
  createResourceServer,
  type ReasonCode,
  type ResourceServer,
  type SignatureAlgorithm,
  secret,
  staticJwks,
} from '@gatewarden/core'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { createLocalJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'

/** Seconds since the epoch at which every token is judged. */
export const NOW = 1_800_000_000
export const TOLERANCE = 5
export const AUDIENCE = 'https://api.test/'
export const PUBLIC_KEY_ALGORITHMS = ['ES256', 'EdDSA', 'RS256'] as const

/** The two APIs that tokens are shown to: one with the issuer's public keys, one that shares a secret with it. */
export type Api = 'public keys' | 'secret'

export type CoreVerdict =
  | { readonly admitted: true; readonly auth: AuthContext }
  | { readonly admitted: false; readonly code: ReasonCode }

export type OtherVerdict =
  | { readonly admitted: true; readonly payload: JWTPayload }
  | { readonly admitted: false }

/**
 * Core and others, set up alike: same keys, issuer, audience, algorithms, tolerance and time. The strict profile is asked for public
 * keys only, for `oauth4webapi` knows no others; it reads the time from `Date`, which tests must hold at `NOW`.
 */
export interface Judges {
  readonly issuer: TestIssuer
  core(api: Api, token: string): Promise<CoreVerdict>
  jose(api: Api, token: string): Promise<OtherVerdict>
  strictCore(token: string): Promise<CoreVerdict>
  oauth4webapi(token: string): Promise<OtherVerdict>
}

type KeysOption = Parameters<typeof createResourceServer>[0]['keys']

export async function createJudges(): Promise<Judges> {
  const issuer = await createTestIssuer({
    algorithms: [...PUBLIC_KEY_ALGORITHMS, 'HS256'],
    audience: AUDIENCE,
    clock: () => NOW * 1000,
  })
  const algorithms: Record<Api, SignatureAlgorithm[]> = {
    'public keys': [...PUBLIC_KEY_ALGORITHMS],
    secret: ['HS256'],
  }
  const server = (api: Api, keys: KeysOption, profile?: 'rfc9068'): ResourceServer =>
    createResourceServer(
      {
        profile,
        issuer: issuer.issuer,
        audience: AUDIENCE,
        keys,
        algorithms: algorithms[api],
        clockTolerance: TOLERANCE,
      },
      { now: () => NOW * 1000 },
    )
  const servers: Record<Api, ResourceServer> = {
    'public keys': server('public keys', staticJwks(issuer.jwks())),
    secret: server('secret', secret(issuer.secret('HS256'))),
  }
  const strict = server('public keys', staticJwks(issuer.jwks()), 'rfc9068')
  const joseKeys: Record<Api, JWTVerifyGetKey> = {
    'public keys': createLocalJWKSet(issuer.jwks()),
    secret: async () => Buffer.from(issuer.secret('HS256')),
  }

  const metadata = { issuer: issuer.issuer, jwks_uri: `${issuer.issuer}jwks` }
  const oauthOptions = {
    [oauth.clockTolerance]: TOLERANCE,
    [oauth.jwksCache]: {},
    [oauth.customFetch]: async () => Response.json(issuer.jwks()),
    signingAlgorithms: algorithms['public keys'],
  }

  return {
    issuer,
    core: (api, token) => judgeByCore(servers[api], token),
    strictCore: (token) => judgeByCore(strict, token),
    async oauth4webapi(token) {
      try {
        const request = new Request(AUDIENCE, { headers: { authorization: `Bearer ${token}` } })
        const payload = await oauth.validateJwtAccessToken(metadata, request, AUDIENCE, oauthOptions)
        return { admitted: true, payload: payload as JWTPayload }
      } catch {
        return { admitted: false }
      }
    },
    async jose(api, token) {
      try {
        const { payload } = await jwtVerify(token, joseKeys[api], {
          issuer: issuer.issuer,
          audience: AUDIENCE,
          algorithms: algorithms[api],
          clockTolerance: TOLERANCE,
          currentDate: new Date(NOW * 1000),
        })
        return { admitted: true, payload }
      } catch {
        return { admitted: false }
      }
    },
  }
}

async function judgeByCore(server: ResourceServer, token: string): Promise<CoreVerdict> {
  const decision = await server.authenticate(bearerRequest(token))
  if (!decision.ok) return { admitted: false, code: decision.reason.code }
  if (decision.auth === undefined) throw new TypeError('a request with a token was let through as anonymous')
  return { admitted: true, auth: decision.auth }
}

function bearerRequest(token: string) {
  return {
    method: 'GET',
    query: '',
    header: (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : []),
  }
}
