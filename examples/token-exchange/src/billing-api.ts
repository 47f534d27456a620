import {
  actedBy,
  authorize,
  getAuth,
  noDelegation,
  type ResourceServerOptions,
  requireJwt,
  requireScopes,
} from '@gatewarden/express'
import express, { type Express } from 'express'
import { BILLING_API } from './rules.ts'

/** Writes invoices for the orders API only, and changes a payment method for nobody but the user in person. */
export function createBillingApi(options: Pick<ResourceServerOptions, 'issuer' | 'onRefusal'>): Express {
  const app = express().disable('x-powered-by')
  app.use(requireJwt({ ...options, audience: BILLING_API }))
  app.use(requireScopes('write:billing'))

  app.post('/invoices', authorize(actedBy('orders-api')), (req, res) => {
    const { subject, actor } = getAuth(req)
    res.status(201).json({ billedTo: subject, writtenFor: actor?.subject })
  })

  app.put('/payment-method', authorize(noDelegation()), (req, res) => {
    res.json({ changedBy: getAuth(req).subject })
  })
  return app
}
