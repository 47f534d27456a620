import { ConfigurationError, type Guard, Reason, type ReasonCode, show } from '@gatewarden/core'
import { guard } from './guard.ts'

/**
 * Every one of `names` must be among the caller's permissions. Permissions are granted, not requested, so a refusal names no scope.
 *
 * @throws ConfigurationError where no name is given
 */
export function permissions(...names: string[]): Guard {
  return holdsAll('permissions', 'permission_missing', names)
}

/**
 * Every one of `names` must be among the caller's roles. A refusal names no scope.
 *
 * @throws ConfigurationError where no name is given
 */
export function roles(...names: string[]): Guard {
  return holdsAll('roles', 'role_missing', names)
}

function holdsAll(list: 'permissions' | 'roles', code: ReasonCode, names: readonly string[]): Guard {
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name !== '')) {
    throw new ConfigurationError(list, `names ${show(names)}`, `Give at least one name: ${list}('admin')`)
  }
  const needed = Object.freeze([...names])
  return guard([], (auth) =>
    needed.every((name) => auth[list].includes(name))
      ? undefined
      : new Reason(code, {
          expected: `all of ${show(needed)}`,
          actual: auth[list].length === 0 ? 'none' : show(auth[list]),
        }),
  )
}
