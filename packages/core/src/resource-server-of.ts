import { optionsFromEnvironment } from './environment.ts'
import type { ResourceServerOptions } from './options.ts'
import { createResourceServer, type ResourceServer } from './resource-server.ts'

/**
 * The resource server that an adapter was asked for: one that exists, one with options, or one from the environment.
 *
 * @throws ConfigurationError where an option or variable is wrong
 */
export function resourceServerOf(
  options: ResourceServerOptions | ResourceServer = optionsFromEnvironment(),
): ResourceServer {
  return isResourceServer(options) ? options : createResourceServer(options)
}

function isResourceServer(options: ResourceServerOptions | ResourceServer): options is ResourceServer {
  return typeof options === 'object' && options !== null && 'authenticate' in options
}
