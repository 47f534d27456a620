import {
  createResourceServer,
  type Decision,
  type ResourceServer,
  type ResourceServerOptions,
} from '@gatewarden/core'

/** What is said of the cache of verified tokens: off, or how many it holds; left out, it is as it comes. */
export type CacheOption = ResourceServerOptions['cache']

/** A resource server with the cache set so. */
export function gatewarden(options: ResourceServerOptions, cache?: CacheOption): ResourceServer {
  return createResourceServer({ ...options, cache })
}

/** A request as Node hands it over, with nothing but the token. */
export function requestWith(token: string) {
  return { method: 'GET', url: '/', rawHeaders: ['Host', 'api.test', 'Authorization', `Bearer ${token}`] }
}

export function isAdmitted(decision: unknown): boolean {
  return (decision as Decision).ok
}
