import { createSecretKey } from 'node:crypto'
import { JwtVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import { createVerifier } from 'fast-jwt'
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import jwt from 'jsonwebtoken'
import { jwksCache, validateJwtAccessToken } from 'oauth4webapi'
import type { Parties } from '../tokens/claims.ts'
import type { AsymmetricSigner, SecretSigner } from '../tokens/signer.ts'
import { contender, type VerifyContender } from './contender.ts'

type AnySigner = AsymmetricSigner | SecretSigner

export const FAST_JWT = 'fast-jwt'

const same = (token: string) => token

/** Everybody who has the algorithm, with issuer and audience to check, as their documentation has it. */
export function peers(signer: AnySigner, parties: Parties): VerifyContender[] {
  const common = [fastJwt(signer, parties), jsonwebtoken(signer, parties), jose(signer, parties)]
  if ('secret' in signer) return common
  const theirs = [...common, oauth4webapi(signer, parties)]
  return signer.algorithm === 'PS256' ? theirs : [...theirs, awsJwtVerify(signer, parties)]
}

/** @param cache how many tokens it may remember; without it, none */
export function fastJwt(
  signer: AnySigner,
  { issuer, audience }: Parties,
  cache: false | number = false,
): VerifyContender {
  const key = 'secret' in signer ? signer.secret : signer.publicKey.export({ format: 'pem', type: 'spki' })
  const verify = createVerifier({
    key,
    algorithms: [signer.algorithm],
    allowedIss: issuer,
    allowedAud: audience,
    cache,
  })
  return contender(FAST_JWT, 'verifier', same, (token) => verify(token))
}

/** With a `KeyObject`: from text, it would be read again for every token. */
function jsonwebtoken(signer: AnySigner, { issuer, audience }: Parties): VerifyContender {
  const key = 'secret' in signer ? createSecretKey(Buffer.from(signer.secret)) : signer.publicKey
  const options = { algorithms: [signer.algorithm], issuer, audience }
  return contender('jsonwebtoken', 'verifier', same, (token) => jwt.verify(token, key, options))
}

function jose(signer: AnySigner, { issuer, audience }: Parties): VerifyContender {
  const options = { issuer, audience, algorithms: [signer.algorithm], typ: 'at+jwt' }
  if ('secret' in signer) {
    const key = new TextEncoder().encode(signer.secret)
    return contender('jose', 'verifier', same, (token) => jwtVerify(token, key, options))
  }
  const keys = createLocalJWKSet({ keys: [signer.jwk as JWK] })
  return contender('jose', 'verifier', same, (token) => jwtVerify(token, keys, options))
}

/** Knows no PS256. */
function awsJwtVerify(signer: AsymmetricSigner, { issuer, audience }: Parties): VerifyContender {
  const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}jwks.json` })
  verifier.cacheJwks({ keys: [signer.jwk] } as Jwks)
  return contender('aws-jwt-verify', 'verifier', same, (token) => verifier.verifySync(token))
}

/** Takes the request; RFC 9068 tokens only. Its keys are put into the cache that it offers, an hour ahead. */
function oauth4webapi(signer: AsymmetricSigner, { issuer, audience }: Parties): VerifyContender {
  const server = { issuer, jwks_uri: `${issuer}jwks.json` }
  const cache = { jwks: { keys: [signer.jwk as JWK] }, uat: Math.floor(Date.now() / 1000) + 3600 }
  const options = { [jwksCache]: cache as never, signingAlgorithms: [signer.algorithm] }
  return contender(
    'oauth4webapi',
    'verifier',
    (token) => new Request('https://api.test/', { headers: { authorization: `Bearer ${token}` } }),
    (request) => validateJwtAccessToken(server, request, audience, options),
  )
}
