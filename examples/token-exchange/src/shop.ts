import { createServer, type RequestListener } from 'node:http'
import { close, createAuthorizationServer, discover, listen } from '@gatewarden/example-health-api'
import type { Reason } from '@gatewarden/express'
import { createBillingApi } from './billing-api.ts'
import type { Exchanger } from './exchange.ts'
import { createOrdersApi } from './orders-api.ts'
import { createService } from './services.ts'
import { tokenExchange } from './token-exchange.ts'

/** The authorization server and both APIs, each on a port of its own. */
export interface Shop {
  readonly issuer: string
  readonly ordersUrl: string
  readonly billingUrl: string
  readonly ordersService: Exchanger
  readonly billingService: Exchanger
  /** The reasons of the APIs' refusals, as they come. */
  readonly refusals: Reason[]
  close(): Promise<void>
}

/** Starts everything on free ports of the loopback address. */
export async function openShop(): Promise<Shop> {
  const orders = createService('orders-api')
  const billing = createService('billing-api')
  const authorizationServer = await createAuthorizationServer({
    extension: tokenExchange([orders, billing]),
    // Nobody listens there: the app is told of a logout in vain. What counts is that the grant ends.
    logout: { uri: 'http://127.0.0.1:9/', sessionRequired: false },
  })
  const { issuer } = authorizationServer
  const { token_endpoint: tokenEndpoint } = await discover(issuer)
  const ordersService = { tokenEndpoint, ...orders }
  const refusals: Reason[] = []
  const options = { issuer, onRefusal: (reason: Reason) => refusals.push(reason) }
  const billingApi = await serve(createBillingApi(options))
  const ordersApi = await serve(createOrdersApi(options, ordersService, billingApi.url))
  return {
    issuer,
    ordersUrl: ordersApi.url,
    billingUrl: billingApi.url,
    ordersService,
    billingService: { tokenEndpoint, ...billing },
    refusals,
    async close() {
      await Promise.all([ordersApi.close(), billingApi.close(), authorizationServer.close()])
    },
  }
}

async function serve(app: RequestListener): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(app)
  return { url: await listen(server, 0), close: () => close(server) }
}
