import { BILLING_API } from '@gatewarden/example-health-api'
import type { ResourceServerInfo } from 'oidc-provider'

export { BILLING_API }
export const ORDERS_API = 'https://example.com/orders-api'
export const ARCHIVE_API = 'https://example.com/archive-api'

/** The app in which people sign in. */
export const APP = 'health-app'

/** What one service may exchange: the tokens that were sent to it, for tokens of one other API. */
export interface ExchangeRule {
  readonly clientId: string
  /** The API that the service is. A token that was meant for another API it may not exchange. */
  readonly from: string
  readonly to: string
  /** For each scope of the token that is exchanged, what it is good for at the other API. */
  readonly scopes: ReadonlyMap<string, string>
}

/** The authorization server's policy: what is not written here nobody may exchange. */
export const RULES: readonly ExchangeRule[] = [
  {
    clientId: 'orders-api',
    from: ORDERS_API,
    to: BILLING_API,
    scopes: new Map([
      ['read:orders', 'read:billing'],
      ['place:orders', 'write:billing'],
    ]),
  },
  {
    clientId: 'billing-api',
    from: BILLING_API,
    to: ARCHIVE_API,
    scopes: new Map([['write:billing', 'append:records']]),
  },
]

/** Every scope of an API. */
const SCOPES: ReadonlyMap<string, string> = new Map([
  [ORDERS_API, 'read:orders place:orders'],
  [BILLING_API, 'read:billing write:billing'],
  [ARCHIVE_API, 'append:records'],
])

/** How oidc-provider issues tokens for an API; undefined for an API that is not of this example. */
export function resourceServerInfo(audience: string): ResourceServerInfo | undefined {
  const scope = SCOPES.get(audience)
  if (scope === undefined) return undefined
  return {
    audience,
    scope,
    accessTokenFormat: 'jwt',
    accessTokenTTL: 3600,
    jwt: { sign: { alg: 'RS256' } },
  }
}
