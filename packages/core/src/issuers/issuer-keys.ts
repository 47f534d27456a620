import { ConfigurationError } from '../errors.ts'
import { FunctionKeys } from '../keys/function.ts'
import { httpLoader } from '../keys/http-loader.ts'
import { type KeptFor, readKept } from '../keys/kept.ts'
import type { KeySource } from '../keys/key-source.ts'
import { type KeyLoader, KeyTransport } from '../keys/loader.ts'
import { RemoteKeys } from '../keys/remote.ts'
import { requireFetchable, requireFunction } from '../option-checks.ts'
import type { Runtime } from '../runtime.ts'
import type { IssuerMatch } from '../upstream/metadata.ts'
import type { IssuerOptions } from './options.ts'

/** The path of an option, for messages. */
export type PathOf = (name: keyof IssuerOptions) => string

/** Reads where an issuer's keys come from. @throws ConfigurationError where that is nowhere, or two places */
export function readKeys(
  options: IssuerOptions,
  issuer: string,
  at: PathOf,
  match: IssuerMatch,
  runtime: Runtime,
): KeySource {
  const { keys, jwksUri } = options
  const target = { issuer, match, now: runtime.now() }
  if (jwksUri !== undefined) requireFetchable(jwksUri, at('jwksUri'))
  requireFunction(options.fetch, at('fetch'), 'Give a function like the global fetch')
  requireFunction(options.onKeys, at('onKeys'), 'Give (kept) => { ... }')
  if (keys === undefined)
    return remote(options, target, at, httpLoader({ issuer, jwksUri, match }, options.fetch), runtime)

  requireAlone(options, 'jwksUri', at)
  requireAlone(options, 'fetch', at)
  if (keys instanceof KeyTransport) return remote(options, target, at, keys.load, runtime)
  requireAlone(options, 'initialKeys', at)
  requireAlone(options, 'onKeys', at)
  if (typeof keys === 'function') return new FunctionKeys(keys, runtime)
  if (isKeySource(keys)) return keys
  // Not shown: a secret given as plain text would be printed.
  throw new ConfigurationError(
    at('keys'),
    'is no source of keys',
    'Use secret(value), staticJwks(jwks), fromJwksClient(client), or a function of the token header',
  )
}

function remote(
  { initialKeys, onKeys }: IssuerOptions,
  target: KeptFor,
  at: PathOf,
  load: KeyLoader,
  runtime: Runtime,
): KeySource {
  const initial = readKept(initialKeys, target, at('initialKeys'))
  return new RemoteKeys({ issuer: target.issuer, load, initial, onKeys }, runtime)
}

const WHY_ALONE = {
  jwksUri: 'An issuer has one source of keys: leave one of them out',
  fetch: 'These keys are not fetched here: leave `fetch` out',
  initialKeys: 'These keys are not fetched: leave `initialKeys` out',
  onKeys: 'These keys are not fetched: leave `onKeys` out',
} as const

/** @throws ConfigurationError where `keys` stands beside an option that would have no effect; one said of all issuers may have it on others */
function requireAlone(options: IssuerOptions, name: keyof typeof WHY_ALONE, at: PathOf): void {
  const sideBySide = at(name) === at('keys').replace(/keys$/, name)
  if (options[name] !== undefined && (sideBySide || name === 'jwksUri'))
    throw new ConfigurationError(at('keys'), `stands beside \`${name}\``, WHY_ALONE[name])
}

function isKeySource(keys: unknown): keys is KeySource {
  return (
    typeof keys === 'object' &&
    keys !== null &&
    typeof (keys as Partial<KeySource>).find === 'function' &&
    typeof (keys as Partial<KeySource>).ready === 'function'
  )
}
