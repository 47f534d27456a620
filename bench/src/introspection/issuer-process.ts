import { createTestIssuer } from '@gatewarden/testing'
import type { Site } from '../http/site.ts'
import type { Order, Reply } from './orders.ts'

// A process with an issuer that is asked about opaque tokens. It does what it is ordered to, and ends with the process that started it.
const issuer = await createTestIssuer()
await issuer.listen()
process.on('disconnect', () => process.exit(0))
process.on('message', async (order: Order) => process.send?.(await carryOut(order)))
process.send?.('listens')

async function carryOut(order: Order): Promise<Reply> {
  switch (order.do) {
    case 'describe':
      return site()
    case 'mint':
      return Promise.all(Array.from({ length: order.count }, () => issuer.opaqueToken()))
    case 'count':
      return countCalls()
    case 'go down':
      await issuer.goDown()
      return true
    case 'come back':
      await issuer.comeBack()
      return true
  }
}

function site(): Site {
  const { issuer: name, jwksUri, introspectionEndpoint, audience } = issuer
  return { issuer: name, jwksUri, introspectionEndpoint, audience, publicKey: issuer.publicPem() }
}

/** Questions since the last time. */
function countCalls(): number {
  const calls = issuer.requests.introspection.length
  issuer.resetRequests()
  return calls
}
