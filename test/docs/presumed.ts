/** What blocks of code in the guides may presume, so that they need not say it each time: an Express app and the usual names. */
export const PRESUMED = `
declare const issuer: string
declare const audience: string
declare const app: import('express').Express
`

const OF_FRAMEWORK: readonly (readonly [string, string])[] = [
  ["'@gatewarden/fastify'", "declare const app: import('fastify').FastifyInstance"],
  [
    "'@gatewarden/koa'",
    "declare const app: import('koa'); declare const router: import('@koa/router').RouterInstance",
  ],
]

/** What a block presumes beside them, in one line: the app of the framework that it is about, where it makes none itself. */
export function presumedBy(code: string): string {
  const [, presumed = ''] = OF_FRAMEWORK.find(([name]) => code.includes(name)) ?? []
  return /\bconst app\b/.test(code) ? '' : presumed
}

/** Blocks that say what holds for a whole program are compiled alone. */
export const isProgramWide = (code: string): boolean => code.includes('declare global')
