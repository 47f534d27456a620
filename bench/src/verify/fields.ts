import type { Parties } from '../tokens/claims.ts'
import { type BenchAlgorithm, es256, hs256, ps256, rs256 } from '../tokens/signer.ts'
import { type AnySigner, asymmetricBaselines, hashFloor, secretBaseline } from './baselines.ts'
import type { VerifyContender } from './contender.ts'
import { ourVerifier } from './gatewarden.ts'
import { fastJwt, peers } from './peers.ts'

export const PARTIES: Parties = { issuer: 'https://issuer.test/', audience: 'https://api.test/' }

/** The kinds of race: with tokens never seen before, and with tokens that are remembered. */
export type RaceKind = 'cold' | 'remembered'

const ROOM = 5000

const SIGNERS: { readonly [algorithm in BenchAlgorithm]: () => AnySigner } = {
  RS256: rs256,
  ES256: es256,
  PS256: ps256,
  HS256: hs256,
}

/** New keys for an algorithm. */
export function newSigner(algorithm: BenchAlgorithm): AnySigner {
  return SIGNERS[algorithm]()
}

/** Who races. */
export function fieldOf(kind: RaceKind, signer: AnySigner): VerifyContender[] {
  const bases = 'secret' in signer ? [secretBaseline(signer)] : asymmetricBaselines(signer)
  if (kind === 'cold') return [...bases, ourVerifier(signer, PARTIES, false), ...peers(signer, PARTIES)]
  const remembering = [ourVerifier(signer, PARTIES, { max: ROOM }), fastJwt(signer, PARTIES, ROOM)]
  return [...bases.slice(0, 1), hashFloor(), ...remembering]
}
