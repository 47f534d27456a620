import { setTimeout as wait } from 'node:timers/promises'
import { createTestIssuer } from '@gatewarden/testing'
import type { Contender, Site, Verifier } from './contender.ts'
import { Flood } from './flood.ts'
import { failures, ms, timed, untilAdmitted, warm } from './probes.ts'
import type { Pace, World } from './world.ts'

/** One question that is put to each contender, with an issuer of its own. */
export interface Figure {
  readonly name: string
  /** Keys are kept for half a second where that can be said. */
  readonly shortLived?: boolean
  /** @param start starts the verifier, which may begin to fetch keys at once */
  ask(start: () => Verifier, world: World): Promise<string>
}

export const FIGURES: readonly Figure[] = [
  {
    name: '1,000 cold requests: fetches',
    async ask(start, { issuer }) {
      const tokens = await Promise.all(Array.from({ length: 1000 }, () => issuer.accessToken()))
      // Only now: nobody is to fetch keys while others still wait for tokens.
      const verifier = start()
      const failed = await failures(tokens.map((token) => verifier.verify(token)))
      return `${issuer.requests.jwks.length}${failed > 0 ? `, ${failed} refused` : ''}`
    },
  },
  {
    name: 'rotation in quiet: new key taken after',
    async ask(start, world) {
      const verifier = start()
      await warm(verifier, world)
      await world.issuer.rotateKeys()
      return untilAdmitted(verifier, world)
    },
  },
  {
    name: 'rotation under a flood of unknown kids: taken after',
    async ask(start, world) {
      const verifier = start()
      await warm(verifier, world)
      const flood = new Flood(verifier, world)
      await flood.rise()
      await world.issuer.rotateKeys()
      const taken = await untilAdmitted(verifier, world)
      await flood.fall()
      return taken
    },
  },
  {
    name: 'flood of unknown kids: fetches',
    async ask(start, world) {
      const verifier = start()
      await warm(verifier, world)
      world.issuer.resetRequests()
      const flood = new Flood(verifier, world)
      await flood.rise()
      const began = performance.now()
      let refused = 0
      const length = world.pace.flood
      while (performance.now() - began < length) {
        refused += await failures([verifier.verify(await world.issuer.accessToken())])
        await wait(10)
      }
      await flood.fall()
      const { sent, pending } = flood
      const harm = [refused > 0 && `${refused} valid refused`, pending > 0 && `${pending} left pending`]
      return [
        `${world.issuer.requests.jwks.length} for ${sent} kids in ${length / 1000} s`,
        ...harm.filter(Boolean),
      ].join(', ')
    },
  },
  {
    name: 'keys past their time, the answer is slow: p99 of valid requests',
    shortLived: true,
    async ask(start, world) {
      const verifier = start()
      await warm(verifier, world)
      if (verifier.growOld === undefined) return 'never renews'
      world.issuer.behave({ jwks: { delay: world.pace.slowAnswer } })
      await verifier.growOld()
      const token = await world.issuer.accessToken()
      const times: Promise<number>[] = []
      const began = performance.now()
      while (performance.now() - began < world.pace.slowAnswer * 0.75) {
        times.push(timed(() => verifier.verify(token)))
        await wait(5)
      }
      const sorted = (await Promise.all(times)).sort((a, b) => a - b)
      return ms(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0)
    },
  },
  {
    name: 'keys past their time, the issuer answers 500: of 300 valid requests admitted',
    shortLived: true,
    async ask(start, world) {
      const verifier = start()
      await warm(verifier, world)
      if (verifier.growOld === undefined) return '300 (keeps keys for ever)'
      const token = await world.issuer.accessToken()
      world.issuer.behave({ jwks: { status: 500 } })
      await verifier.growOld()
      world.issuer.resetRequests()
      let admitted = 0
      for (let i = 0; i < 300; i++) admitted += 1 - (await failures([verifier.verify(token)]))
      // What was begun in the background comes in.
      await wait(100)
      return `${admitted}, fetches: ${world.issuer.requests.jwks.length}`
    },
  },
  {
    name: 'the issuer answers 500 from the start: what callers get',
    async ask(start, { issuer }) {
      const verifier = start()
      issuer.behave({ jwks: { status: 500 } })
      const token = await issuer.accessToken()
      return verifier.verify(token).then(
        () => 'admitted',
        (error: Error) => (/^\d{3} /.test(error.message) ? error.message : error.name),
      )
    },
  },
  {
    name: 'then it recovers: healed after',
    async ask(start, world) {
      const verifier = start()
      const { issuer } = world
      issuer.behave({ jwks: { status: 500 } })
      const token = await issuer.accessToken()
      const began = performance.now()
      while (performance.now() - began < world.pace.outage) {
        await failures([verifier.verify(token)])
        await wait(50)
      }
      issuer.restore()
      return untilAdmitted(verifier, world)
    },
  },
  {
    name: 'a redirect to keys of another host: followed',
    async ask(start, { issuer }) {
      const verifier = start()
      const evil = await createTestIssuer({ issuer: 'https://evil.test/' })
      await evil.listen()
      issuer.behave({ jwks: { redirectTo: evil.jwksUri } })
      const forged = await evil.accessToken({ claims: { iss: issuer.issuer, aud: issuer.audience } })
      const followed = (await failures([verifier.verify(forged)])) === 0
      await evil.close()
      return followed ? 'yes: forgery admitted' : 'no'
    },
  },
]

/** Puts one question to one contender. */
export async function put(figure: Figure, contender: Contender, pace: Pace): Promise<string> {
  const issuer = await createTestIssuer()
  const site: Site = { issuer: await issuer.listen(), jwksUri: issuer.jwksUri, audience: issuer.audience }
  try {
    const asking = figure.ask(() => contender.start(site, figure.shortLived ?? false), { issuer, pace })
    return await Promise.race([asking, wait(pace.patience + 20_000, 'no answer', { ref: false })])
  } finally {
    await issuer.close()
  }
}
