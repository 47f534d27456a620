import { staticJwks } from '@gatewarden/core'
import { gatewarden } from '../harness/gatewarden.ts'
import { mint } from '../tokens/mint.ts'
import { es256 } from '../tokens/signer.ts'
import type { Population } from './tokens.ts'

/** An API with so many issuers, each with a key of its own and tokens of each; without the cache. */
export async function multiIssuer(audience: string, issuers: number, tokens: number): Promise<Population> {
  const entries = Array.from({ length: issuers }, (_, index) => ({
    issuer: `https://tenant-${index}.issuer.test/`,
    signer: es256(),
  }))
  const each = Math.ceil(tokens / issuers)
  const minted = await Promise.all(
    entries.map(({ issuer, signer }) => mint(signer, { issuer, audience }, each)),
  )
  const server = gatewarden(
    {
      audience,
      algorithms: ['ES256'],
      issuer: entries.map(({ issuer, signer }) => ({ issuer, keys: staticJwks({ keys: [signer.jwk] }) })),
    },
    false,
  )
  return { name: String(issuers), server, tokens: minted.flat() }
}
