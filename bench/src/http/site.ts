import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The frameworks that have a bench. */
export type Framework = 'express' | 'koa' | 'fastify'

export const FRAMEWORKS: readonly Framework[] = ['express', 'koa', 'fastify']

export const TITLES: { readonly [name in Framework]: string } = {
  express: 'Express 5',
  koa: 'Koa 3',
  fastify: 'Fastify 5',
}

/** Whose tokens a server takes, and where their keys are. */
export interface Site {
  readonly issuer: string
  readonly jwksUri: string
  readonly introspectionEndpoint: string
  readonly audience: string
  /** The key as PEM, for the route that does nothing but verify a signature. */
  readonly publicKey: string
}

/** A server with one route, protected in one way; resolves to its port on loopback. */
export type StartServer = (site: Site) => Promise<number>

/** The servers of one framework, by what protects them. */
export type Servers = Readonly<Record<string, StartServer>>

/** Names that all frameworks have. */
export const UNPROTECTED = 'unprotected'
/** Steps of the work alone. */
export const HASH_ONLY = 'crypto.hash only'
export const VERIFY_ONLY = 'crypto.verify only'
export const READ_ONLY = 'crypto.verify, JSON.parse only'
export const OURS = 'Gatewarden'
/** Not in the contest of `http`: the tokens that it takes are opaque, so that the issuer must be asked. */
export const INTROSPECTING = 'Gatewarden, introspecting'

/** What every route answers. */
export const ANSWER = { status: 'ok' }

/** The port of a server that listens on loopback. */
export function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
