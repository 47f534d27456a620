import { gatewarden, requestWith } from '../harness/gatewarden.ts'
import type { Parties } from '../tokens/claims.ts'
import type { AsymmetricSigner } from '../tokens/signer.ts'
import { serverOptions } from '../verify/gatewarden.ts'
import { fastJwt } from '../verify/peers.ts'

/** Something that remembers tokens. */
export interface Subject {
  /** Whether it remembers at all. */
  readonly remembers: boolean
  /** Verifies a token and remembers what it remembers. */
  take(token: string): Promise<unknown>
}

/** Makes one with room for so many. */
export type MakeSubject = (signer: AsymmetricSigner, parties: Parties, room: number) => Subject

export const CLAIMS = 'the claims alone'

/** What is held of a token, by who holds it. */
export const SUBJECTS: Readonly<Record<string, MakeSubject>> = {
  Gatewarden(signer, parties, room) {
    const server = gatewarden(serverOptions(signer, parties), { max: room })
    return {
      remembers: true,
      // What comes once is not kept.
      async take(token) {
        for (let time = 0; time < 2; time++) server.decide(requestWith(token))
      },
    }
  },

  'fast-jwt'(signer, parties, room) {
    const { load } = fastJwt(signer, parties, room)
    return { remembers: true, take: (token) => load([token]).admitted() }
  },

  /** What a cache of claims holds at the least: the payload as JSON.parse leaves it, in an array. */
  [CLAIMS]() {
    const held: unknown[] = []
    return {
      remembers: true,
      async take(token) {
        const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url')
        held.push(JSON.parse(payload.toString()))
      },
    }
  },
}
