import { KeyObject } from 'node:crypto'
import { Reason } from '../reason.ts'
import type { Runtime } from '../runtime.ts'
import { show } from '../text.ts'
import { isSignatureAlgorithm } from '../token/algorithms.ts'
import type { JoseHeader } from '../token/compact.ts'
import { withinDeadline } from '../upstream/deadline.ts'
import { PublicJwk, readJwk } from './jwk.ts'
import type { KeySource, KeysFound } from './key-source.ts'

/**
 * Finds the public key for a token's header, anywhere. `undefined`: there is no such key, and the token is refused (401). To throw or
 * reject says that keys cannot be had at the moment (503). The header comes from a token that nothing has verified yet.
 */
export type KeyFunction = (header: JoseHeader) => KeyObject | undefined | Promise<KeyObject | undefined>

/**
 * Keys from a function of the application. It is asked for every token, once for any number that ask for the same key at the same
 * time, and has four seconds. Nothing is kept: what to cache, and how to bear a flood of invented key ids, is the function's business.
 */
export class FunctionKeys implements KeySource {
  readonly family = 'asymmetric' as const
  readonly #ask: KeyFunction
  readonly #runtime: Runtime
  readonly #asking = new Map<string, Promise<KeyObject | undefined>>()
  readonly #checked = new WeakMap<KeyObject, ReturnType<typeof readKey>>()

  constructor(ask: KeyFunction, runtime: Runtime) {
    this.#ask = ask
    this.#runtime = runtime
  }

  async find(header: JoseHeader): Promise<KeysFound> {
    const { alg, kid } = header
    const key = await this.#asked(header)
    if (key === undefined || key === null) return new Reason('key_unknown', { actual: `kid ${show(kid)}` })
    const checked = this.#check(key)
    if (!(checked instanceof PublicJwk))
      return new Reason('key_unfit', { actual: `the key ${show(kid)} ${checked.unusable}` })
    const fitting = isSignatureAlgorithm(alg) ? checked.for(alg) : undefined
    return fitting === undefined
      ? new Reason('key_unfit', { expected: checked.algorithms.join(' or '), actual: alg })
      : [fitting]
  }

  /** There is nothing to wait for before a token is there. */
  ready(): Promise<void> {
    return Promise.resolve()
  }

  #asked(header: JoseHeader): Promise<KeyObject | undefined> {
    const name = JSON.stringify(header)
    const underWay = this.#asking.get(name)
    if (underWay !== undefined) return underWay
    const asking = withinDeadline(this.#runtime, () => this.#ask(Object.freeze({ ...header }))).finally(() =>
      this.#asking.delete(name),
    )
    this.#asking.set(name, asking)
    return asking
  }

  /** @throws TypeError where the function gave something that is no public key: its mistake, not the token's */
  #check(key: KeyObject): ReturnType<typeof readKey> {
    if (!(key instanceof KeyObject))
      throw new TypeError('the function `keys` gave something that is no KeyObject')
    if (key.type !== 'public')
      throw new TypeError(`the function \`keys\` gave a ${key.type} key, not a public one`)
    const known = this.#checked.get(key)
    if (known !== undefined) return known
    const checked = readKey(key)
    this.#checked.set(key, checked)
    return checked
  }
}

function readKey(key: KeyObject): ReturnType<typeof readJwk> {
  try {
    return readJwk(key.export({ format: 'jwk' }))
  } catch {
    return { unusable: `is of the type ${key.asymmetricKeyType}, which signs nothing here` }
  }
}
