import { type ResourceServerOptions, secret, staticJwks } from '@gatewarden/core'
import { type CacheOption, gatewarden, isAdmitted, requestWith } from '../harness/gatewarden.ts'
import type { Parties } from '../tokens/claims.ts'
import { flat } from '../tokens/mint.ts'
import type { AsymmetricSigner, SecretSigner } from '../tokens/signer.ts'
import { contender, type VerifyContender } from './contender.ts'

/** Name of what this repository makes. */
export const OURS = 'Gatewarden'

/** Options for the tokens of one signer, with its key in hand. */
export function serverOptions(
  signer: AsymmetricSigner | SecretSigner,
  { issuer, audience }: Parties,
): ResourceServerOptions {
  const keys = 'secret' in signer ? secret(signer.secret) : staticJwks({ keys: [signer.jwk] })
  return { issuer, audience, keys, algorithms: [signer.algorithm] }
}

/** The whole of `decide`: from the request's fields to the caller, at once. */
export function ourVerifier(
  signer: AsymmetricSigner | SecretSigner,
  parties: Parties,
  cache: CacheOption,
): VerifyContender {
  const server = gatewarden(serverOptions(signer, parties), cache)
  return contender(
    OURS,
    'verifier',
    (token) => {
      const request = requestWith(token)
      return { ...request, rawHeaders: request.rawHeaders.map(flat) }
    },
    (request) => server.decide(request),
    isAdmitted,
  )
}
