import { type Guard, Reason, show } from '@gatewarden/core'
import { requireClients } from './client.ts'
import { guard } from './guard.ts'

/** Nobody may act on behalf of the caller: a token with `act` is denied (RFC 8693 §4.1). */
export function noDelegation(): Guard {
  return guard([], ({ actor }) =>
    actor === undefined
      ? undefined
      : new Reason('delegation_denied', {
          expected: 'nobody',
          actual: show(actor.clientId ?? actor.subject),
        }),
  )
}

/**
 * One of these clients must act on behalf of the caller, by its `client_id` or `sub` in the outermost `act`. Whoever acted before is not
 * asked about (RFC 8693 §4.1), and a token without an actor is denied.
 *
 * @throws ConfigurationError where no client is named
 */
export function actedBy(...clients: string[]): Guard {
  requireClients('actedBy', clients)
  return guard([], ({ actor }) => {
    const name = actor?.clientId ?? actor?.subject
    return name !== undefined && clients.includes(name)
      ? undefined
      : new Reason('delegation_denied', { expected: show(clients), actual: show(name) })
  })
}
