import { setTimeout as wait } from 'node:timers/promises'
import type { Verifier } from './contender.ts'
import type { World } from './world.ts'

/** Tokens with key ids that no issuer knows, in waves, until it falls. */
export class Flood {
  sent = 0
  pending = 0
  readonly #verifier: Verifier
  readonly #world: World
  #falling = false
  #waves: Promise<void> | undefined

  constructor(verifier: Verifier, world: World) {
    this.#verifier = verifier
    this.#world = world
  }

  async rise(): Promise<void> {
    this.#waves = this.#roll()
    await wait(this.#world.pace.rise)
  }

  /** Ends, and gives what is still pending some time to come back. */
  async fall(): Promise<void> {
    this.#falling = true
    await this.#waves
    await wait(this.#world.pace.settle)
  }

  async #roll(): Promise<void> {
    const template = await this.#world.issuer.accessToken()
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
