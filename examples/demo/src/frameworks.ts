import type { RequestListener } from 'node:http'
import { createHealthApi as createFastifyApi } from '@gatewarden/example-fastify'
import { createHealthApi as createExpressApi, type HealthApiOptions } from '@gatewarden/example-health-api'
import { createHealthApi as createKoaApi } from '@gatewarden/example-koa'

/** The health API in one framework. */
export interface Framework {
  readonly name: string
  create(options: HealthApiOptions): Promise<RequestListener>
}

export const FRAMEWORKS: readonly Framework[] = [
  { name: 'Express', create: async (options) => createExpressApi(options) },
  {
    name: 'Fastify',
    async create(options) {
      const app = await createFastifyApi(options)
      return (request, response) => app.routing(request, response)
    },
  },
  { name: 'Koa', create: async (options) => createKoaApi(options).callback() },
]
