import type { Framework, Servers } from '../site.ts'

/** The servers of one framework; the other frameworks are not loaded. */
export async function serversOf(framework: Framework): Promise<Servers> {
  switch (framework) {
    case 'express':
      return (await import('./express.ts')).EXPRESS
    case 'koa':
      return (await import('./koa.ts')).KOA
    case 'fastify':
      return (await import('./fastify.ts')).FASTIFY
  }
}
