import { allOf, client, type Guard, scopes } from '@gatewarden/express'

/** A route of the health API that the console offers, with the guard that stands on it there. */
export interface GuardedRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** The scopes that it needs. */
  readonly needs: readonly string[]
  /** Sent as JSON. */
  readonly body?: object
  readonly guard: Guard
}

/** The guarded routes; a test compares what they say with what the API answers. */
export const ROUTES: readonly GuardedRoute[] = [
  {
    method: 'GET',
    path: '/api/patients',
    needs: ['read:patients'],
    guard: scopes('read:patients'),
  },
  {
    method: 'POST',
    path: '/api/patients',
    needs: ['write:patients'],
    body: { name: 'Mary Seacole', born: '1805-11-23' },
    guard: scopes('write:patients'),
  },
  {
    method: 'GET',
    path: '/api/admin',
    needs: ['read:admin'],
    guard: allOf(scopes('read:admin'), client('admin-console')),
  },
]

/** The guard on the route that is named `GET /api/patients` and so on. */
export function guardOf(route: unknown): Guard | undefined {
  return ROUTES.find(({ method, path }) => `${method} ${path}` === route)?.guard
}
