import type { Door } from './door.ts'
import { node } from './doors/bare-node.ts'
import { express4, express5 } from './doors/express.ts'
import { fastify5 } from './doors/fastify.ts'
import { koa2, koa3 } from './doors/koa.ts'

/** Every framework that must give the same verdicts. A new one joins here. */
export const DOORS: readonly Door[] = [express5, express4, fastify5, koa3, koa2, node]
