import { setTimeout as wait } from 'node:timers/promises'
import { createResourceServer } from '@gatewarden/core'
import { JwtRsaVerifier } from 'aws-jwt-verify'
import { SimpleJwksCache } from 'aws-jwt-verify/jwk'
import { createVerifier } from 'fast-jwt'
import buildGetJwks from 'get-jwks'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import jwt from 'jsonwebtoken'
import jwksClient from 'jwks-rsa'
import type { Contender, Site, Verifier } from './contender.ts'
import { JumpingClock } from './jumping-clock.ts'

const RENEWAL = 8 * 60_000
const PAST_ITS_TIME = 11 * 60_000
const SHORT = 500
const outlive = () => wait(SHORT + 100)

const gatewarden: Contender = {
  name: 'Gatewarden',
  start({ issuer, audience }) {
    const clock = new JumpingClock()
    const server = createResourceServer({ issuer, audience }, clock)
    return {
      async verify(token) {
        const header = (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : [])
        const decision = await server.authenticate({ method: 'GET', query: '', header })
        if (!decision.ok) throw new Error(`${decision.refusal.status} ${decision.refusal.body?.error}`)
      },
      // Keys are renewed before their time is over; past it they serve only where that fails.
      async growOld() {
        clock.jump(RENEWAL)
        await wait(100)
        if (server.state().some(({ lastError }) => lastError !== undefined))
          clock.jump(PAST_ITS_TIME - RENEWAL)
      },
    }
  },
}

const jose: Contender = {
  name: 'jose createRemoteJWKSet',
  start({ issuer, jwksUri, audience }, shortLived) {
    const keys = createRemoteJWKSet(new URL(jwksUri), shortLived ? { cacheMaxAge: SHORT } : {})
    return { verify: (token) => jwtVerify(token, keys, { issuer, audience }), growOld: outlive }
  },
}

/** jwks-rsa has no verifier of its own; jsonwebtoken is what its README shows. */
function jwksRsa(name: string, options: object): Contender {
  return {
    name,
    start({ issuer, jwksUri, audience }, shortLived) {
      const client = jwksClient({ jwksUri, ...options, ...(shortLived && { cacheMaxAge: SHORT }) })
      return {
        async verify(token) {
          const kid = jwt.decode(token, { complete: true })?.header.kid
          const key = await client.getSigningKey(kid)
          return jwt.verify(token, key.getPublicKey(), { algorithms: ['RS256'], issuer, audience })
        },
        growOld: outlive,
      }
    },
  }
}

const getJwks: Contender = {
  name: 'get-jwks, fast-jwt',
  start({ issuer, audience }: Site, shortLived): Verifier {
    const keys = buildGetJwks({ providerDiscovery: true, ...(shortLived && { ttl: SHORT }) })
    const verify = createVerifier({
      algorithms: ['RS256'],
      allowedIss: issuer,
      allowedAud: audience,
      key: async ({ header: { kid, alg } }: { header: { kid?: string; alg?: string } }) =>
        keys.getPublicKey({ domain: issuer, kid: kid ?? '', alg: alg ?? '' }),
    })
    return { verify, growOld: outlive }
  },
}

const awsJwtVerify: Contender = {
  name: 'aws-jwt-verify',
  start({ issuer, jwksUri, audience }) {
    // Its own fetcher speaks https only. This one has the same time limit.
    const fetcher = {
      async fetch(uri: string): Promise<ArrayBuffer> {
        const response = await fetch(uri, { signal: AbortSignal.timeout(1500), redirect: 'manual' })
        if (response.status !== 200) throw new Error(`Status code is ${response.status}, should be 200`)
        return response.arrayBuffer()
      },
    }
    const verifier = JwtRsaVerifier.create(
      { issuer, jwksUri, audience },
      { jwksCache: new SimpleJwksCache({ fetcher }) },
    )
    return { verify: (token) => verifier.verify(token), growOld: undefined }
  },
}

export const CONTENDERS: readonly Contender[] = [
  gatewarden,
  jose,
  jwksRsa('jwks-rsa', {}),
  jwksRsa('jwks-rsa, rate limit', { rateLimit: true }),
  jwksRsa('jwks-rsa, fallback', { cacheMaxAgeFallback: 3_600_000 }),
  getJwks,
  awsJwtVerify,
]
