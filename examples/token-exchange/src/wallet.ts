import { authorizationCode } from '@gatewarden/example-health-api'
import { exchange } from './exchange.ts'
import { BILLING_API, ORDERS_API } from './rules.ts'
import type { Shop } from './shop.ts'

/** The tokens that are sent, and in which words the transcript says so. */
export const TOKENS = {
  orders: "Grace's, for the orders API",
  exchanged: 'the same, exchanged by orders-api for the billing API',
  inPerson: "Grace's own, for the billing API",
  nurse: "Ada's, for the orders API: read:orders",
} as const

export type Wallet = Readonly<Record<keyof typeof TOKENS, string>>

/** Gets every token by a real login, and one by a real exchange. */
export async function fillWallet({ issuer, ordersService }: Shop): Promise<Wallet> {
  const login = async (username: string, resource: string, scope: string) =>
    (await authorizationCode({ issuer, username, resource, scope })).access_token
  const orders = await login('grace', ORDERS_API, 'read:orders place:orders')
  return {
    orders,
    exchanged: await exchange(ordersService, {
      subjectToken: orders,
      audience: BILLING_API,
      scope: 'write:billing',
    }),
    inPerson: await login('grace', BILLING_API, 'write:billing'),
    nurse: await login('ada', ORDERS_API, 'read:orders place:orders'),
  }
}
