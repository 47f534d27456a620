import { ConfigurationError, type Guard, isScopeToken, Reason, type ScopeName, show } from '@gatewarden/core'
import { guard } from './guard.ts'
import { holdsAll, holdsAny } from './holds.ts'

/**
 * Every one of `names` must be among the caller's scopes (RFC 6750 §3.1).
 *
 * @throws ConfigurationError where no name is given, or one that is no scope (RFC 6749 §3.3)
 */
export function scopes(...names: ScopeName[]): Guard {
  const needed = checked('scopes', names)
  return guard(needed, (auth) =>
    holdsAll(auth.scopes, needed)
      ? undefined
      : denied(needed.length === 1 ? show(needed) : `all of ${show(needed)}`, auth.scopes, needed),
  )
}

/**
 * At least one of `names` must be among the caller's scopes. A refusal names the first (RFC 6750 §3).
 *
 * @throws ConfigurationError where no name is given, or one that is no scope
 */
export function anyScope(...names: ScopeName[]): Guard {
  const possible = checked('anyScope', names)
  const first = possible.slice(0, 1)
  return guard(first, (auth) =>
    holdsAny(auth.scopes, possible) ? undefined : denied(`one of ${show(possible)}`, auth.scopes, first),
  )
}

function denied(expected: string, actual: readonly string[], scope: readonly string[]): Reason {
  return new Reason('scope_missing', {
    expected,
    actual: actual.length === 0 ? 'no scope' : show(actual),
    scope,
  })
}

function checked(option: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) {
    throw new ConfigurationError(option, 'names no scope', `Give at least one: ${option}('read:patients')`)
  }
  const wrong = names.filter((name) => typeof name !== 'string' || !isScopeToken(name))
  if (wrong.length === 0) return Object.freeze([...new Set(names)])
  throw new ConfigurationError(
    option,
    `names ${show(wrong[0])}, which is no scope`,
    'Give each scope as a text of its own, without spaces, quotes and backslashes',
  )
}
