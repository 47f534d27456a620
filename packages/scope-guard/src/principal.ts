import { type Guard, type Principal, Reason } from '@gatewarden/core'
import { guard } from './guard.ts'

/** The caller must be a person: the token shows a login. A caller of whom the token does not tell is denied (RFC 9068 §5). */
export function userOnly(): Guard {
  return only('user')
}

/** The caller must be a client in its own name, with no user behind it. A caller of whom the token does not tell is denied. */
export function clientOnly(): Guard {
  return only('client')
}

function only(expected: Principal): Guard {
  return guard([], ({ principal }) =>
    principal === expected ? undefined : new Reason('principal_mismatch', { expected, actual: principal }),
  )
}
