import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import type { JwtClaims } from './claims.ts'

/** Who acts on behalf of the subject (RFC 8693 §4.1), and who acted before. */
export interface Actor {
  readonly subject: string | undefined
  readonly clientId: string | undefined
  readonly issuer: string | undefined
  /** The one before, for the record only: no decision may hang on it (RFC 8693 §4.1). */
  readonly actor: Actor | undefined
}

/** Actors that are read, the current one included. */
const MAX_ACTORS = 8

const TEXTS = ['sub', 'client_id', 'iss'] as const

/** Whether `act`, where it is there, is a chain of actors: one that cannot be read must not pass for none. */
export function checkActor({ act }: JwtClaims): Reason | undefined {
  let link = act
  for (let depth = 0; link !== undefined; depth++) {
    if (depth === MAX_ACTORS || !isActor(link)) return malformed(depth, link)
    link = link['act']
  }
  return undefined
}

/** The chain of a token that passed `checkActor`, the current actor outermost. */
export function actorOf({ act }: { readonly [claim: string]: unknown }): Actor | undefined {
  if (!isActor(act)) return undefined
  const { sub, client_id: clientId, iss } = act as Record<(typeof TEXTS)[number], string | undefined>
  return Object.freeze({ subject: sub, clientId, issuer: iss, actor: actorOf(act) })
}

function isActor(value: unknown): value is { readonly [claim: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const claims = value as { readonly [claim: string]: unknown }
  return TEXTS.every((name) => claims[name] === undefined || typeof claims[name] === 'string')
}

function malformed(depth: number, link: unknown): Reason {
  const expected =
    depth === MAX_ACTORS ? `act of at most ${MAX_ACTORS} actors` : 'act as an object with names as texts'
  return new Reason('claim_malformed', { expected, actual: show(link) })
}
