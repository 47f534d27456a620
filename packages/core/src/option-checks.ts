import { ConfigurationError } from './errors.ts'
import { show } from './text.ts'
import { isFetchable } from './upstream/fetchable.ts'

/** How to begin, for whoever gave nothing. */
export const START =
  "Begin with { issuer: 'https://my-domain.example/', audience: 'https://example.com/health-api' }"

/** Names that other packages use for the same thing, so that someone who comes from there is told ours. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['issuerBaseURL', 'Use `issuer`'],
  ['allowedIss', 'Use `issuer`'],
  ['allowedAud', 'Use `audience`'],
  ['aud', 'Use `audience`'],
  ['iss', 'Use `issuer`'],
  ['secret', 'Use `keys: secret(value)`'],
  ['tokenSigningAlg', 'Use `algorithms: [...]`'],
  ['strict', "Use `profile: 'rfc9068'`"],
  ['clockSkew', 'Use `clockTolerance`, in seconds'],
  ['maxAge', 'Use `maxTokenAge`, in seconds'],
  [
    'getToken',
    'Use `tokenHeader` where a gateway hands the token over in another field; tokens in cookies, forms and queries are not accepted',
  ],
  ['agent', 'Use `fetch`, with a fetch that goes through your proxy'],
  ['timeoutDuration', 'Leave it out: an issuer has four seconds for its whole answer'],
  ['cooldownDuration', 'Leave it out: unknown key ids cause one fetch in five seconds at most'],
  [
    'cacheMaxAge',
    'Leave it out: keys are renewed before they grow stale, as the Cache-Control of the issuer says',
  ],
  [
    'authRequired',
    'Use `optional: true` in place of `authRequired: false`; bad credentials are refused all the same',
  ],
  [
    'credentialsRequired',
    'Use `optional: true` in place of `credentialsRequired: false`; bad credentials are refused all the same',
  ],
  ['passthrough', 'Use `optional: true`; bad credentials are refused all the same'],
  ['validators', 'Use guards: authorize(claim(name, predicate))'],
])

/** @throws ConfigurationError where `given` has a member that is not in `known`. Values are not shown: one could be a secret. */
export function rejectUnknown(given: object, known: readonly string[], path: string): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue
    const near = known.find((option) => option.toLowerCase() === name.toLowerCase())
    const fix =
      ELSEWHERE.get(name) ??
      (near === undefined ? `The options are ${known.join(', ')}` : `Write it \`${near}\``)
    throw new ConfigurationError(`${path}${name}`, 'does not exist', fix)
  }
}

/** @throws ConfigurationError where `given` is not an object. */
export function requireObject(given: unknown, option: string, fix: string): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ConfigurationError(option, `is ${show(given)}, not an object`, fix)
  }
}

/** @throws ConfigurationError where `given` is there and no function. */
export function requireFunction(given: unknown, option: string, fix: string): void {
  if (given !== undefined && typeof given !== 'function')
    throw new ConfigurationError(option, `is ${show(given)}, not a function`, fix)
}

/** One or more texts as a list without doubles. @throws ConfigurationError where there is none, or an empty one, or something else. */
export function readTexts(given: unknown, option: string, fix: string): readonly string[] {
  if (given === undefined) throw new ConfigurationError(option, 'is missing', fix)
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (list.length === 0) throw new ConfigurationError(option, 'is an empty list', fix)
  for (const item of list) {
    if (item instanceof RegExp)
      throw new ConfigurationError(option, `is the pattern ${item}`, `Patterns are not accepted. ${fix}`)
    if (item === '') throw new ConfigurationError(option, 'is empty', fix)
    if (typeof item !== 'string') throw new ConfigurationError(option, `is ${show(item)}, not a text`, fix)
  }
  return Object.freeze([...new Set(list as string[])])
}

/** @throws ConfigurationError where `given` is there and no number of seconds from 0 to `most`. */
export function readSeconds(
  given: unknown,
  option: string,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'number' && given >= 0 && given <= most) return given
  const what = typeof given === 'string' ? `the text ${show(given)}` : show(given)
  const range = most === Number.MAX_SAFE_INTEGER ? '0 or more' : `from 0 to ${most}`
  throw new ConfigurationError(option, `is ${what}`, `Give a number of seconds (not milliseconds), ${range}`)
}

/** What is counted is held in memory, room for all of it at once. */
const MOST_COUNTED = 1_000_000

/** @throws ConfigurationError where `given` is there and no whole number from 1 to a million. */
export function readCount(given: unknown, option: string): number | undefined {
  if (given === undefined) return undefined
  if (Number.isSafeInteger(given) && (given as number) > 0 && (given as number) <= MOST_COUNTED)
    return given as number
  throw new ConfigurationError(
    option,
    `is ${show(given)}`,
    `Give a whole number, 1 or more, up to ${MOST_COUNTED}`,
  )
}

/** @throws ConfigurationError where `given` is there and none of `values`. */
export function readChoice<T extends string | boolean>(
  given: unknown,
  values: readonly T[],
  option: string,
): T | undefined {
  if (given === undefined || values.includes(given as T)) return given as T | undefined
  throw new ConfigurationError(
    option,
    `is ${show(given)}`,
    `Choose ${values.map((value) => `${value}`).join(' or ')}`,
  )
}

/** @throws ConfigurationError where keys may not be fetched from `address`. */
export function requireFetchable(address: unknown, option: string): void {
  if (typeof address === 'string' && isFetchable(address)) return
  throw new ConfigurationError(
    option,
    `is ${show(address)}, from which keys may not be fetched`,
    'Give a whole https address; plain http is accepted for this machine (loopback) only',
  )
}
