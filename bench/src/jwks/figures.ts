import { setTimeout as wait } from 'node:timers/promises'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import type { Contender, Site, Verifier } from './contender.ts'

/** One question that is put to each contender, with an issuer of its own. */
export interface Figure {
  readonly name: string
  /** Keys are kept for half a second where that can be said. */
  readonly shortLived?: boolean
  ask(verifier: Verifier, world: World): Promise<string>
}

/** The surroundings of one question. */
export interface World {
  readonly issuer: TestIssuer
  /** Milliseconds after which a wait is given up. */
  readonly patience: number
}

export const FIGURES: readonly Figure[] = [
  {
    name: '1,000 cold requests: fetches',
    async ask(verifier, { issuer }) {
      issuer.resetRequests()
      const tokens = await Promise.all(Array.from({ length: 1000 }, () => issuer.accessToken()))
      const failed = await failures(tokens.map((token) => verifier.verify(token)))
      return `${issuer.requests.jwks.length}${failed > 0 ? `, ${failed} refused` : ''}`
    },
  },
  {
    name: 'rotation in quiet: new key taken after',
    async ask(verifier, world) {
      await warm(verifier, world)
      await world.issuer.rotateKeys()
      return untilAdmitted(verifier, world)
    },
  },
  {
    name: 'rotation under a flood of unknown kids: taken after',
    async ask(verifier, world) {
      await warm(verifier, world)
      const flood = new Flood(verifier, world.issuer)
      await flood.rise()
      await world.issuer.rotateKeys()
      const taken = await untilAdmitted(verifier, world)
      await flood.fall()
      return taken
    },
  },
  {
    name: 'flood of unknown kids: fetches',
    async ask(verifier, world) {
      await warm(verifier, world)
      world.issuer.resetRequests()
      const flood = new Flood(verifier, world.issuer)
      await flood.rise()
      const start = performance.now()
      let refused = 0
      const length = Math.min(5000, world.patience)
      while (performance.now() - start < length) {
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
    name: 'keys past their time, the answer takes 2 s: p99 of valid requests',
    shortLived: true,
    async ask(verifier, world) {
      await warm(verifier, world)
      if (verifier.growOld === undefined) return 'never renews'
      world.issuer.behave({ jwks: { delay: 2000 } })
      await verifier.growOld()
      const token = await world.issuer.accessToken()
      const times: Promise<number>[] = []
      const start = performance.now()
      while (performance.now() - start < 1500) {
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
    async ask(verifier, world) {
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
    async ask(verifier, { issuer }) {
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
    async ask(verifier, world) {
      const { issuer } = world
      issuer.behave({ jwks: { status: 500 } })
      const token = await issuer.accessToken()
      for (let i = 0; i < 20; i++) {
        await failures([verifier.verify(token)])
        await wait(50)
      }
      issuer.restore()
      return untilAdmitted(verifier, world)
    },
  },
  {
    name: 'a redirect to keys of another host: followed',
    async ask(verifier, { issuer }) {
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
export async function put(figure: Figure, contender: Contender, patience: number): Promise<string> {
  const issuer = await createTestIssuer()
  const site: Site = { issuer: await issuer.listen(), jwksUri: issuer.jwksUri, audience: issuer.audience }
  try {
    const asking = figure.ask(contender.start(site, figure.shortLived ?? false), { issuer, patience })
    return await Promise.race([asking, wait(patience + 20_000, 'no answer', { ref: false })])
  } finally {
    await issuer.close()
  }
}

/** Lets keys be fetched, and sees that the contender does its work: it admits a good token and refuses a broken one. */
export async function warm(verifier: Verifier, { issuer }: World): Promise<void> {
  if ((await failures([verifier.verify(await issuer.accessToken())])) > 0)
    throw new Error('refuses a good token')
  if ((await failures([verifier.verify(await issuer.tampered())])) === 0)
    throw new Error('admits a broken token')
}

/** Tokens with key ids that no issuer knows, in waves, until it falls. */
class Flood {
  sent = 0
  pending = 0
  readonly #verifier: Verifier
  readonly #issuer: TestIssuer
  #falling = false
  #waves: Promise<void> | undefined

  constructor(verifier: Verifier, issuer: TestIssuer) {
    this.#verifier = verifier
    this.#issuer = issuer
  }

  async rise(): Promise<void> {
    this.#waves = this.#roll()
    await wait(500)
  }

  /** Ends, and gives what is still pending a second to come back. */
  async fall(): Promise<void> {
    this.#falling = true
    await this.#waves
    await wait(1000)
  }

  async #roll(): Promise<void> {
    const template = await this.#issuer.accessToken()
    const [, payload, signature] = template.split('.')
    while (!this.#falling) {
      for (let i = 0; i < 20; i++) {
        const header = { alg: 'RS256', typ: 'at+jwt', kid: `invented-${this.sent++}` }
        const token = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`
        this.pending++
        const back = () => void this.pending--
        this.#verifier.verify(token).then(back, back)
      }
      await wait(20)
    }
  }
}

async function untilAdmitted(verifier: Verifier, { issuer, patience }: World): Promise<string> {
  const start = performance.now()
  while (performance.now() - start < patience) {
    const verifying = issuer.accessToken().then((token) => verifier.verify(token))
    // A verifier that lets requests wait in a queue does not admit them.
    const admitted = await Promise.race([verifying.then(yes, no), wait(1000, false)])
    if (admitted) return ms(performance.now() - start)
    await wait(20)
  }
  return `> ${patience / 1000} s`
}

const yes = () => true
const no = () => false

async function failures(verifying: readonly Promise<unknown>[]): Promise<number> {
  const waited = verifying.map((one) =>
    Promise.race([one.then(yes, no), wait(10_000, false, { ref: false })]),
  )
  return (await Promise.all(waited)).filter((admitted) => !admitted).length
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work().catch(() => undefined)
  return performance.now() - start
}

function ms(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`
}
