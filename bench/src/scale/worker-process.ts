import { createServer } from 'node:http'
import { createResourceServer } from '@gatewarden/core'
import { taskOfProcess } from '../harness/isolated.ts'
import type { Parties } from '../tokens/claims.ts'

// A worker of a cluster: an API with a resource server of its own, which tells how many requests it has answered.
const { issuer, audience } = taskOfProcess<Parties>()
const server = createResourceServer({ issuer, audience })
let answered = 0
process.on('message', () => process.send?.({ answered }))
createServer(async (request, response) => {
  const decision = await server.authenticate(request)
  answered++
  response.writeHead(decision.ok ? 200 : decision.refusal.status, { 'content-length': '0' }).end()
}).listen(0, '127.0.0.1')
