import type { ResourceServer } from '@gatewarden/core'
import { gatewarden, isAdmitted, requestWith } from '../harness/gatewarden.ts'
import type { Measured } from '../harness/rounds.ts'
import type { Parties } from '../tokens/claims.ts'
import { mint } from '../tokens/mint.ts'
import { es256 } from '../tokens/signer.ts'
import { serverOptions } from '../verify/gatewarden.ts'

/** One server and the tokens that its callers hold. */
export interface Population {
  readonly name: string
  readonly server: ResourceServer
  readonly tokens: readonly string[]
}

/** The same API with so many live tokens: with the cache as it comes, and without. */
export async function populations(parties: Parties, sizes: readonly number[]): Promise<Population[]> {
  const signer = es256()
  const all = await mint(signer, parties, Math.max(...sizes))
  return sizes.flatMap((size) => {
    const tokens = all.slice(0, size)
    const options = serverOptions(signer, parties)
    return [
      { name: cached(size), server: gatewarden(options), tokens },
      { name: uncached(size), server: gatewarden(options, false), tokens },
    ]
  })
}

export const cached = (size: number) => `${size}, cache`
export const uncached = (size: number) => `${size}, no cache`

/** Microseconds for each of so many requests, whose tokens are picked at random. */
export function randomRequests({ name, server, tokens }: Population, requests: number): Measured {
  return {
    name,
    async measure() {
      const picked = Array.from({ length: requests }, () =>
        requestWith(tokens[Math.floor(Math.random() * tokens.length)] as string),
      )
      const start = performance.now()
      for (const request of picked)
        if (!isAdmitted(await server.authenticate(request))) throw new Error('refused')
      return ((performance.now() - start) * 1000) / requests
    },
  }
}
