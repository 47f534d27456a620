import { requestExchange } from './exchange.ts'
import { ARCHIVE_API, BILLING_API } from './rules.ts'
import type { Shop } from './shop.ts'
import type { Wallet } from './wallet.ts'

/** Something that is asked of one of the servers, and what it promises to answer. */
export interface Step {
  readonly asks: string
  readonly token: keyof Wallet
  readonly status: number
  /** The reason's code of a refusing API, or the `error` of the authorization server. */
  readonly reason?: string
  ask(shop: Shop, token: string): Promise<Response>
}

const placeOrder = {
  asks: 'orders: POST /orders',
  ask: ({ ordersUrl }: Shop, token: string) => send('POST', `${ordersUrl}/orders`, token),
}
const writeInvoice = {
  asks: 'billing: POST /invoices',
  ask: ({ billingUrl }: Shop, token: string) => send('POST', `${billingUrl}/invoices`, token),
}
const changePayment = {
  asks: 'billing: PUT /payment-method',
  ask: ({ billingUrl }: Shop, token: string) => send('PUT', `${billingUrl}/payment-method`, token),
}
const exchangeForBilling = exchangeBy('ordersService', BILLING_API, 'write:billing')

/** The whole story, in its order. */
export const STEPS: readonly Step[] = [
  { ...placeOrder, token: 'orders', status: 201 },
  { ...writeInvoice, token: 'orders', status: 401, reason: 'audience_mismatch' },
  { ...exchangeForBilling, token: 'orders', status: 200 },
  { ...writeInvoice, token: 'exchanged', status: 201 },
  { ...changePayment, token: 'exchanged', status: 403, reason: 'delegation_denied' },
  { ...placeOrder, token: 'exchanged', status: 401, reason: 'audience_mismatch' },
  { ...changePayment, token: 'inPerson', status: 200 },
  { ...writeInvoice, token: 'inPerson', status: 403, reason: 'delegation_denied' },
  {
    ...exchangeBy('billingService', ARCHIVE_API, 'append:records'),
    token: 'exchanged',
    status: 200,
  },
  { ...placeOrder, token: 'nurse', status: 403, reason: 'scope_missing' },
  { ...exchangeForBilling, token: 'nurse', status: 400, reason: 'invalid_scope' },
  { ...exchangeForBilling, token: 'inPerson', status: 400, reason: 'invalid_request' },
  {
    ...exchangeBy('ordersService', ARCHIVE_API, 'append:records'),
    token: 'orders',
    status: 400,
    reason: 'invalid_target',
  },
]

function exchangeBy(
  service: 'ordersService' | 'billingService',
  audience: string,
  scope: string,
): Pick<Step, 'asks' | 'ask'> {
  const [api] = audience.split('/').slice(-1)
  return {
    asks: `issuer: POST /token, ${service === 'ordersService' ? 'orders-api' : 'billing-api'} for ${api}`,
    ask: (shop, subjectToken) => requestExchange(shop[service], { subjectToken, audience, scope }),
  }
}

function send(method: string, url: string, token: string): Promise<Response> {
  return fetch(url, { method, headers: { authorization: `Bearer ${token}` } })
}
