import { HEALTH_API } from '../catalogue.ts'
import { HEALTH_APP } from '../clients.ts'
import type { Machine } from './machines.ts'
import { ROUTES } from './routes.ts'

/** What the page must know of its surroundings; nothing in it is secret. */
export interface ConsoleSettings {
  readonly issuer: string
  readonly clientId: string
  /** Space-separated. */
  readonly scope: string
  readonly audience: string
  readonly routes: readonly {
    readonly method: string
    readonly path: string
    readonly needs: readonly string[]
    readonly body?: object
  }[]
  readonly machines: readonly {
    readonly id: string
    readonly clientId: string
    readonly audience: string
    readonly says: string
  }[]
}

/** The settings as the page fetches them. */
export function consoleSettings(issuer: string, machines: readonly Machine[]): ConsoleSettings {
  return {
    issuer,
    clientId: HEALTH_APP.clientId,
    scope: HEALTH_APP.scope,
    audience: HEALTH_API,
    routes: ROUTES.map(({ guard: _, ...route }) => route),
    machines: machines.map(({ id, service, audience, says }) => ({
      id,
      clientId: service.clientId,
      audience,
      says,
    })),
  }
}
