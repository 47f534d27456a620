import type { RequestListener } from 'node:http'
import type { AuthContext, Guard, ResourceServer } from '@gatewarden/core'
import {
  allOf,
  anyOf,
  anyScope,
  claim,
  client,
  clientOnly,
  not,
  permissions,
  roles,
  scopes,
  userOnly,
} from '@gatewarden/scope-guard'

/** A route of the API under test. It answers every method with `answerOf()` the caller. */
export interface Route {
  readonly path: string
  readonly guard?: Guard
}

/** A framework under test: one line in `doors.ts`. */
export interface Door {
  readonly name: string
  /**
   * An app of the framework with its default error handler: everything below `/api` behind `server`, each route with its guard,
   * and `/unprotected`, where a guard stands that nothing protects.
   */
  mount(server: ResourceServer, routes: readonly Route[]): RequestListener | Promise<RequestListener>
}

export const ROUTES: readonly Route[] = [
  { path: '/api/me' },
  { path: '/api/patients', guard: scopes('read:patients') },
  { path: '/api/patients/edit', guard: scopes('read:patients', 'write:patients') },
  { path: '/api/any', guard: anyScope('read:patients', 'admin') },
  { path: '/api/er', guard: claim('dept', 'er') },
  { path: '/api/level', guard: claim('level', (level) => typeof level === 'number' && level > 3) },
  { path: '/api/console', guard: client('admin-console') },
  { path: '/api/all', guard: allOf(scopes('a'), claim('dept', 'er'), scopes('b')) },
  {
    path: '/api/alternatives',
    guard: anyOf(scopes('admin'), allOf(scopes('read:patients'), claim('dept', 'er'))),
  },
  { path: '/api/outsiders', guard: not(claim('dept', 'er')) },
  { path: '/api/permitted', guard: permissions('patients:read', 'patients:list') },
  { path: '/api/role', guard: roles('doctor') },
  { path: '/api/users', guard: userOnly() },
  { path: '/api/machines', guard: clientOnly() },
  {
    path: '/api/broken-guard',
    guard: (() => Promise.resolve(undefined)) as unknown as Guard,
  },
]

/** What a protected route answers with: enough of the caller to see that it is the right one. */
export function answerOf(auth: AuthContext | undefined) {
  if (auth === undefined) return { anonymous: true }
  const {
    subject,
    clientId,
    principal,
    scopes: granted,
    permissions,
    roles,
    issuer,
    audience,
    expiresAt,
  } = auth
  return { subject, clientId, principal, scopes: granted, permissions, roles, issuer, audience, expiresAt }
}
