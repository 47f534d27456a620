import { ConfigurationError, type Guard, Reason, show } from '@gatewarden/core'
import { guard } from './guard.ts'

const HINT = 'add the client to the guard of this route, if it may use it'

/**
 * The token must have been given to one of these clients. A token that names no client is denied.
 *
 * @throws ConfigurationError where no client is named
 */
export function client(...ids: string[]): Guard {
  if (ids.length === 0 || ids.some((id) => typeof id !== 'string' || id === '')) {
    throw new ConfigurationError('client', `names ${show(ids)}`, "Give client ids: client('admin-console')")
  }
  return guard([], ({ clientId }) =>
    clientId !== undefined && ids.includes(clientId)
      ? undefined
      : new Reason('client_not_allowed', { expected: show(ids), actual: show(clientId), hint: HINT }),
  )
}
