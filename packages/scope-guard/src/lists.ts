import { ConfigurationError, type Guard, Reason, type ReasonCode, show } from '@gatewarden/core'
import { guard } from './guard.ts'
import { holdsAll } from './holds.ts'

/**
 * Every one of `names` must be among the caller's permissions. Permissions are granted, not requested, so a refusal names no scope.
 *
 * @throws ConfigurationError where no name is given
 */
export function permissions(...names: string[]): Guard {
  return grants('permissions', 'permission_missing', names)
}

/**
 * Every one of `names` must be among the caller's roles. A refusal names no scope.
 *
 * @throws ConfigurationError where no name is given
 */
export function roles(...names: string[]): Guard {
  return grants('roles', 'role_missing', names)
}

function grants(list: 'permissions' | 'roles', code: ReasonCode, names: readonly string[]): Guard {
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name !== '')) {
    throw new ConfigurationError(list, `names ${show(names)}`, `Give at least one name: ${list}('admin')`)
  }
  const needed = Object.freeze([...names])
  return guard([], (auth) =>
    holdsAll(auth[list], needed)
      ? undefined
      : new Reason(code, {
          expected: `all of ${show(needed)}`,
          actual: auth[list].length === 0 ? 'none' : show(auth[list]),
        }),
  )
}
