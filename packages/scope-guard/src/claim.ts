import { ConfigurationError, type Guard, Reason, type RegisteredClaims, show } from '@gatewarden/core'
import { guard } from './guard.ts'

type Scalar = string | number | boolean | null

/**
 * The claim `name` must have a value, or please a predicate. A claim that is an array has the value if it holds it. A claim that
 * is absent never pleases: the predicate is not asked. Missing scopes would not help here, so a refusal names none.
 *
 * @param predicate answers `true` to let through; anything else denies
 * @throws ConfigurationError where `name` is empty or `expected` is neither a plain value nor a function
 */
export function claim<Name extends keyof RegisteredClaims & string>(
  name: Name,
  expected: Scalar | ((value: NonNullable<RegisteredClaims[Name]>) => boolean),
): Guard {
  if (typeof name !== 'string' || name === '') {
    throw new ConfigurationError('claim', `names ${show(name)}`, "Give a claim's name: claim('dept', 'er')")
  }
  if (!isComparable(expected) && typeof expected !== 'function') {
    throw new ConfigurationError(
      'claim',
      `expects ${show(expected)}`,
      'Give a plain value, or a function of the value',
    )
  }
  const wanted =
    typeof expected === 'function' ? `${name} that the predicate accepts` : `${name} ${show(expected)}`
  return guard([], ({ claims }) => {
    const actual: unknown = Object.hasOwn(claims, name) ? claims[name] : undefined
    const pleases = typeof expected === 'function' ? accepts(expected, actual) : holds(actual, expected)
    return pleases ? undefined : new Reason('claim_mismatch', { expected: wanted, actual: show(actual) })
  })
}

function accepts<Value>(predicate: (value: Value) => boolean, actual: unknown): boolean {
  return actual !== undefined && predicate(actual as Value) === true
}

function holds(actual: unknown, expected: Scalar): boolean {
  return actual === expected || (Array.isArray(actual) && actual.includes(expected))
}

function isComparable(value: unknown): value is Scalar {
  if (typeof value === 'number') return Number.isFinite(value)
  return value === null || typeof value === 'string' || typeof value === 'boolean'
}
