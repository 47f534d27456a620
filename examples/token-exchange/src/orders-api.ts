import { getAuth, type ResourceServerOptions, requireJwt, requireScopes } from '@gatewarden/express'
import express, { type Express } from 'express'
import { type Exchanger, exchange } from './exchange.ts'
import { BILLING_API, ORDERS_API } from './rules.ts'

/** Takes orders, and has the billing API write the invoice: with a token for that API, never with the caller's. */
export function createOrdersApi(
  options: Pick<ResourceServerOptions, 'issuer' | 'onRefusal'>,
  exchanger: Exchanger,
  billingUrl: string,
): Express {
  const app = express().disable('x-powered-by')
  app.use(requireJwt({ ...options, audience: ORDERS_API }))

  app.post('/orders', requireScopes('place:orders'), async (req, res) => {
    const { subject, token } = getAuth(req)
    const exchanged = await exchange(exchanger, {
      subjectToken: token,
      audience: BILLING_API,
      scope: 'write:billing',
    })
    const headers = { authorization: `Bearer ${exchanged}` }
    const billed = await fetch(`${billingUrl}/invoices`, { method: 'POST', headers })
    if (!billed.ok) throw new Error(`the billing API answered ${billed.status}`)
    res.status(201).json({ orderedBy: subject, invoice: await billed.json() })
  })
  return app
}
