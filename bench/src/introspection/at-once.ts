import { createResourceServer, type ResourceServer } from '@gatewarden/core'
import { requestWith } from '../harness/gatewarden.ts'
import { introspecting } from '../http/introspecting.ts'
import { JumpingClock } from '../jwks/jumping-clock.ts'
import type { Upstream } from './upstream.ts'

/** Milliseconds after which no answer counts any more: the ttl is 60 s. */
const PAST_THE_TTL = 61_000
/** Milliseconds after which the issuer may be asked as often as ever. */
const RESTED = 2000

/** What was sent all at once, and what came of it. */
export interface Burst {
  readonly name: string
  readonly requests: number
  readonly admitted: number
  /** Not asked about, for the issuer was asked enough, or did not answer: 503. */
  readonly unavailable: number
  readonly calls: number
}

/** Requests by the thousand in one turn of the event loop: how often is the issuer asked? */
export async function burstsAtOnce(upstream: Upstream, requests: number, invented: number): Promise<Burst[]> {
  const clock = new JumpingClock()
  const server = createResourceServer(introspecting(await upstream.site()), clock)
  await server.ready()
  const [single = ''] = await upstream.mint(1)
  const fifty = await upstream.mint(50)
  const bursts: Burst[] = []
  const put = async (name: string, tokens: readonly string[]): Promise<void> => {
    bursts.push(await burst(server, upstream, name, tokens))
  }
  const many = (tokens: readonly string[]) =>
    Array.from({ length: requests }, (_, index) => tokens[index % tokens.length] ?? '')

  await put('one token', many([single]))
  await put('50 tokens', many(fifty))
  await put('the same 50, known', many(fifty))
  clock.jump(PAST_THE_TTL)
  await put('the same 50, after the ttl', many(fifty))
  clock.jump(RESTED)
  await put('invented tokens, each another', inventedTokens(invented))
  await put('the 50, right after these', many(fifty))

  await upstream.goDown()
  await put('the 50, the issuer is down', many(fifty))
  await put('a new token, the issuer is down', ['unknown-while-down'])
  clock.jump(PAST_THE_TTL)
  await put('the 50, down, after the ttl', many(fifty))
  await upstream.comeBack()
  clock.jump(RESTED)
  await put('the 50, the issuer is back', many(fifty))
  return bursts
}

export function inventedTokens(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `invented-${index}-${Math.random().toString(36).slice(2)}`,
  )
}

async function burst(
  server: ResourceServer,
  upstream: Upstream,
  name: string,
  tokens: readonly string[],
): Promise<Burst> {
  await upstream.calls()
  const decisions = await Promise.all(tokens.map((token) => server.authenticate(requestWith(token))))
  return {
    name,
    requests: tokens.length,
    admitted: decisions.filter(({ ok }) => ok).length,
    unavailable: decisions.filter((decision) => !decision.ok && decision.refusal.status === 503).length,
    calls: await upstream.calls(),
  }
}
