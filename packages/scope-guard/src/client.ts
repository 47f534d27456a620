import { ConfigurationError, type Guard, Reason, show } from '@gatewarden/core'
import { guard } from './guard.ts'

const HINT = 'add the client to the guard of this route, if it may use it'

/**
 * The token must have been given to one of these clients. A token that names no client is denied.
 *
 * @throws ConfigurationError where no client is named
 */
export function client(...ids: string[]): Guard {
  requireClients('client', ids)
  return guard([], ({ clientId }) =>
    clientId !== undefined && ids.includes(clientId)
      ? undefined
      : new Reason('client_not_allowed', { expected: show(ids), actual: show(clientId), hint: HINT }),
  )
}

/** @throws ConfigurationError where no client is named */
export function requireClients(name: string, ids: readonly string[]): void {
  if (ids.length > 0 && ids.every((id) => typeof id === 'string' && id !== '')) return
  throw new ConfigurationError(name, `names ${show(ids)}`, `Give client ids: ${name}('admin-console')`)
}
